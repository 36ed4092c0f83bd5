"""What is typed is in the box of whoever comes back, however quickly they left."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.held import Held
from tests.web.browser.thread_page import composer, open_thread

KEPT = "**/unsent/reply"


def test_a_page_made_before_the_text_was_kept_shows_it_all_the_same(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hello")
    where = page.url
    coming = Held(page, where)
    composer(page).fill("Half a sen")
    page.evaluate("where => setTimeout(() => location.assign(where))", where)
    made = coming.came().fetch()
    with page.expect_response(KEPT):
        pass

    coming.came().fulfill(response=made)

    expect(page.locator("textarea[name=body]")).to_have_text("")
    expect(composer(page)).to_have_value("Half a sen")


def test_what_was_thrown_away_while_it_was_being_kept_stays_away(
    desk: Desk, visit: Visit, number: str
) -> None:
    here, there = visit(), visit()
    open_thread(here, desk, number, "Hello")
    being_kept = Held(here, KEPT)
    composer(here).fill("Never mind")
    being_kept.came().fetch()

    composer(here).fill("")
    here.reload()

    expect(composer(here)).to_have_value("")
    open_thread(there, desk, number, "Hello again")
    expect(composer(there)).to_have_value("")


def test_what_was_typed_elsewhere_since_is_in_the_box(
    desk: Desk, visit: Visit, number: str
) -> None:
    here, there = visit(), visit()
    open_thread(here, desk, number, "Hello")
    with here.expect_response(KEPT):
        composer(here).fill("One")
    open_thread(there, desk, number, "Hello again")
    expect(composer(there)).to_have_value("One")
    with there.expect_response(KEPT):
        composer(there).fill("One, two")

    here.reload()

    expect(composer(here)).to_have_value("One, two")
