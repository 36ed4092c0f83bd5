"""Takes the pictures that the documents show: `python -m tests.screenshots`.

Parley runs on the practice line, in a folder and on ports of its own. Customers text
from the practice phone, over HTTP; Ana answers them in a real browser.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import running_chromium, window
from tests.support.rules import csrf_tokens, nothing_inline
from tests.support.server import Server, on_the_practice_line
from tests.support.stage import LINE, until

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
LARGEST_BYTES = 200_000
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
NARROW: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ZONE: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London"}

DARK: dict[str, Any] = WIDE | {"color_scheme": "dark"}
WAYS = {"": WIDE, "-dark": DARK, "-narrow": NARROW}
PAGES = {"reports": "/reports", "agents": "/agents", "setup": "/setup"}
POSED = [nothing_inline]
"""Taking a picture hides carets, and leaves an empty style where it did."""

MAYA = "+12025550142"
OLIVER = "+442079460018"
PRIYA = "+12025550155"
SAM = "+12025550163"
STOPPED = "+12025550171"
NOOR = "+12025550188"
ROME = "+390612345678"

DAY = 24 * 60
MINUTES_AGO = {
    PRIYA: 2,
    MAYA: 6,
    OLIVER: 48,
    SAM: 2 * 60,
    STOPPED: DAY,
    ROME: 2 * DAY,
}
MINUTES_BETWEEN = 4


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        running(Path(folder)) as desk,
        running_chromium() as chromium,
    ):
        with desk.signed_in(chromium, **WIDE) as page:
            tell_story(desk, page)
        let_time_pass(desk.database)
        take(desk, chromium)


# What has just come counts as seen only after a moment.
READING_MS = 1_500
# A reply may be undone for five seconds before it leaves.
AFTER_UNDO_MS = 15_000


@dataclass
class Desk:
    """Parley as it runs for the pictures, and the practice phone beside it."""

    server: Server
    phone_url: str
    database: Path

    @contextmanager
    def signed_in(self, chromium: Browser, **options: Any) -> Iterator[Page]:
        with window(
            chromium, self.server.url, without=POSED, **ZONE, **options
        ) as page:
            page.goto("/sign-in")
            page.get_by_label("Email").fill("ana@practice.example")
            page.get_by_label("Password").fill(self.password)
            page.keyboard.press("Enter")
            expect(
                page.get_by_role("heading", name="Conversations").first
            ).to_be_visible()
            yield page

    @property
    def password(self) -> str:
        return Path(self.server.env["INSTANCE_DIR"], "practice_password").read_text()

    def texts(self, customer: str, body: str) -> None:
        """A customer writes on the practice phone."""
        form = {"customer": customer, "line": LINE, "body": body}
        requests.post(
            f"{self.phone_url}/texts", data=form, timeout=5
        ).raise_for_status()

    def next_text_goes_wrong(self, name: str) -> None:
        url = f"{self.phone_url}/practice/script"
        requests.post(url, json={"name": name}, timeout=5).raise_for_status()


@contextmanager
def running(folder: Path) -> Iterator[Desk]:
    """Parley as `make run` starts it without an account."""
    database = folder / "practice.db"
    with on_the_practice_line(Server, f"sqlite:///{database}", folder) as server:
        phone_url = f"http://127.0.0.1:{server.env['PRACTICE_PORT']}"
        desk = Desk(server, phone_url, database)
        until(lambda: answers(desk.phone_url))
        yield desk


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def tell_story(desk: Desk, page: Page) -> None:
    """What stands in the inbox and in Maya's thread when the pictures are taken."""
    desk.texts(STOPPED, "STOP")
    desk.texts(SAM, "Is the blue one back in stock?")
    desk.next_text_goes_wrong("undelivered")
    open_thread(page, "Is the blue one")
    reply(page, "Yes, three of them. Shall I keep one for you?", "Not delivered")

    open_thread(page, "Do you deliver to Hackney")
    call(page, "Oliver Hughes")
    reply(page, "We do, from nine to noon. What is your postcode?")

    desk.texts(PRIYA, "Can I move my fitting to Thursday?")
    open_thread(page, "Can I move my fitting")
    call(page, "Priya Raman")
    reply(page, "Of course. Would ten or three suit you better?")

    open_thread(page, "I can come by after six")
    call(page, "Maya Torres")
    reply(page, "Yes, it is ready, and we are open until seven today.")
    desk.texts(MAYA, "Perfect. Can my brother pick it up instead?\nHis name is Leo 😊")
    expect(page.get_by_role("log")).to_contain_text("His name is Leo")
    reply(page, "Of course, Leo only has to name the order. It is paid for.")

    desk.texts(PRIYA, "Ten is perfect, thank you!")
    desk.texts(NOOR, "Hello, where do I find the invoice for my repair?")
    expect(page.get_by_text("where do I find the invoice")).to_be_visible()


def open_thread(page: Page, preview: str) -> None:
    page.get_by_role("link").filter(has_text=preview).first.click()
    expect(page.get_by_role("log")).to_contain_text(preview)


def call(page: Page, name: str) -> None:
    """Give the customer of the open thread a name."""
    page.locator(".naming:not(.owner, .jump) > summary").click()
    page.locator("#name").fill(name)
    page.locator("#thread-head").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def reply(page: Page, body: str, outcome: str = "Delivered") -> None:
    page.wait_for_timeout(READING_MS)
    page.get_by_placeholder("Write a text").fill(body)
    page.keyboard.press("Enter")
    ours = page.get_by_role("log").get_by_role("listitem").filter(has_text=body)
    expect(ours).to_contain_text(outcome, timeout=AFTER_UNDO_MS)


def let_time_pass(database: Path) -> None:
    """As if it had not all happened in the last minute: shift what was stored."""
    with sqlite3.connect(database) as connection:
        for customer, minutes in MINUTES_AGO.items():
            ids = connection.execute(MESSAGES_WITH, (customer,)).fetchall()
            for place, (message,) in enumerate(ids):
                ago = f"-{minutes + place * MINUTES_BETWEEN} minutes"
                connection.execute(SHIFT_MESSAGE, (ago, message))
            connection.execute(SHIFT_CONVERSATION, {"message": ids[0][0]})
    connection.close()


MESSAGES_WITH = """
    SELECT message.id FROM message
    JOIN conversation ON conversation.id = message.conversation_id
    JOIN customer ON customer.id = conversation.customer_id
    WHERE customer.address = ? ORDER BY message.id DESC
"""
SHIFT_MESSAGE = """
    UPDATE message SET created_at = strftime('%Y-%m-%d %H:%M:%f000', created_at, ?)
    WHERE id = ?
"""
SHIFT_CONVERSATION = """
    UPDATE conversation
    SET last_message_at = (SELECT created_at FROM message WHERE id = :message)
    WHERE last_message_id = :message
"""


def take(desk: Desk, chromium: Browser) -> None:
    for suffix, options in WAYS.items():
        with desk.signed_in(chromium, **options) as page:
            shoot(page, f"inbox{suffix}")
            shoot_thread(page, f"desk{suffix}")
            for name, address in PAGES.items():
                page.goto(address)
                shoot(page, f"{name}{suffix}")
            search(page)
            shoot(page, f"search{suffix}")
    with window(chromium, desk.server.url, without=POSED, **WIDE) as page:
        page.goto("/sign-in")
        shoot(page, "sign-in")
    with window(
        chromium, desk.phone_url, without=[csrf_tokens, *POSED], **ZONE, **WIDE
    ) as page:
        page.goto(f"/?customer=%2B{MAYA[1:]}&line=%2B{LINE[1:]}")
        shoot(page, "phone")


def search(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Search for names, numbers or words").fill("ready")
    expect(page.locator("#found mark").first).to_be_visible()


def shoot_thread(page: Page, name: str) -> None:
    open_thread(page, "Leo only has to name")
    page.get_by_placeholder("Write a text").fill(
        "And the pump is 15 €, as we\u2019d agreed."
    )
    shoot(page, name)


def shoot(page: Page, name: str) -> None:
    path = IMAGES / f"{name}.png"
    page.mouse.move(0, 0)
    page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size < LARGEST_BYTES, f"{path.name} is too large"


if __name__ == "__main__":
    main()
