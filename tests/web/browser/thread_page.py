"""What a person finds on the page of a conversation."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk


def open_thread(page: Page, desk: Desk, number: str, *bodies: str) -> None:
    """The customer texts `bodies`; the agent opens the conversation."""
    page.mouse.move(0, 0)  # rows hold still while the pointer is on them
    for body in bodies:
        desk.hears(number, body)
    row = page.locator(".row").filter(has_text=formatted(number))
    expect(row).to_contain_text(bodies[-1])
    row.click()
    expect(log(page)).to_contain_text(bodies[-1])


def formatted(number: str) -> str:
    return f"+1 {number[1:4]}-{number[4:7]}-{number[7:]}"


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def composer(page: Page) -> Locator:
    return page.get_by_placeholder("Write a text")


def send_unaware(page: Page) -> None:
    """Send what is typed as if nothing of the thread had been seen yet.

    In one step, for the page notes by itself what stands before somebody's eyes.
    """
    page.evaluate(
        """() => {
            const form = document.querySelector("#composer .composer__form")
            form.elements.seen.value = "1"
            form.requestSubmit()
        }"""
    )


def bubbles(page: Page, body: str) -> Locator:
    return page.locator(".message").filter(has_text=body)


def scrolled(page: Page) -> float:
    """How far from its end the thread is scrolled, in pixels."""
    return -page.locator(".thread__scroll").evaluate("box => box.scrollTop")
