"""Writing a text in a real browser: sent once, never lost, never to somebody else."""

from playwright.sync_api import Page, Route, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, formatted, open_thread


def test_enter_sends_once_however_long_it_is_held(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Only once")

    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")

    expect(bubbles(page, "Only once")).to_contain_text("Delivered")
    expect(bubbles(page, "Only once")).to_have_count(1)


def test_a_double_click_sends_once(desk: Desk, visit: Visit, number: str) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Clicked twice")

    page.get_by_role("button", name="Send").dblclick()

    expect(bubbles(page, "Clicked twice")).to_contain_text("Delivered")
    expect(bubbles(page, "Clicked twice")).to_have_count(1)


def test_shift_and_enter_start_a_new_line(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")

    composer(page).press_sequentially("One")
    composer(page).press("Shift+Enter")
    composer(page).press_sequentially("Two")

    expect(composer(page)).to_have_value("One\nTwo")


def test_enter_that_ends_a_composed_character_does_not_send(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).fill("かな")

    composer(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    expect(composer(page)).to_have_value("かな")


def test_on_a_phone_enter_starts_a_new_line(
    desk: Desk, visit: Visit, number: str
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    page = visit(is_mobile=True, **phone)
    open_thread(page, desk, number, "Hi")

    composer(page).fill("One")
    composer(page).press("Enter")

    expect(composer(page)).to_have_value("One\n")


def test_the_counter_names_the_character_that_makes_a_text_dear(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    counter = page.locator("segment-counter")

    composer(page).fill("It's fine")
    expect(counter).to_contain_text("9/160 · 1 SMS · GSM")

    composer(page).fill("It\u2019s\u00a0fine")
    expect(counter).to_contain_text(
        "9/70 · 1 SMS · Unicode because of “\u2019” and no-break space"
    )


def test_what_was_typed_waits_for_its_conversation_and_goes_nowhere_else(
    desk: Desk, visit: Visit, number: str
) -> None:
    other = str(int(number) + 5_000)
    page = visit()
    open_thread(page, desk, number, "I am Ada")
    composer(page).fill("For Ada alone")

    open_thread(page, desk, other, "I am Bob")
    expect(composer(page)).to_have_value("")

    page.locator(".row").filter(has_text=formatted(number)).click()
    expect(composer(page)).to_have_value("For Ada alone")


def test_without_an_answer_the_text_stays_and_the_second_press_is_the_same_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=["ERR_FAILED"])
    open_thread(page, desk, number, "Hi")

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/replies", lose_the_answer, times=1)
    composer(page).fill("Stored once")
    composer(page).press("Enter")
    expect(page.get_by_text("No answer from the server.")).to_be_visible()
    expect(composer(page)).to_have_value("Stored once")

    composer(page).press("Enter")

    expect(composer(page)).to_have_value("")
    expect(bubbles(page, "Stored once")).to_have_count(1)


def test_a_refused_text_stays_in_the_box_with_the_reason(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=["status of 422"])
    open_thread(page, desk, number, "Hi")

    composer(page).fill("x" * 4001)
    expect(page.locator("segment-counter")).to_contain_text("too long")
    composer(page).press("Enter")

    expect(page.get_by_text("longer than 4000 characters")).to_be_visible()
    assert len(composer(page).input_value()) == 4001


def paste(page: Page, text: str) -> None:
    composer(page).evaluate(
        """(box, text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/plain", text)
          const how = { clipboardData, bubbles: true, cancelable: true }
          box.dispatchEvent(new ClipboardEvent("paste", how))
        }""",
        text,
    )


def test_what_is_pasted_is_made_simple_with_a_word_and_a_way_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")

    paste(page, "It\u2019s \u201cready\u201d")

    expect(composer(page)).to_have_value('It\'s "ready"')
    expect(page.get_by_text("3 letters were made simple.")).to_be_visible()
    page.get_by_role("button", name="Put them back").click()
    expect(composer(page)).to_have_value("It\u2019s \u201cready\u201d")
    expect(page.get_by_text("were made simple")).to_be_hidden()


def test_one_click_makes_a_typed_text_cheap_again(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    expect(page.get_by_role("button", name="Use simple letters")).to_be_hidden()

    composer(page).fill("It\u2019s\u00a0fine")
    page.get_by_role("button", name="Use simple letters").click()

    expect(composer(page)).to_have_value("It's fine")
    expect(page.locator("segment-counter")).to_contain_text("9/160 · 1 SMS · GSM")
    expect(page.get_by_role("button", name="Use simple letters")).to_be_hidden()
