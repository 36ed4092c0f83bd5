"""A conversation is marked as unread: a matter of one agent, and of nothing else."""

from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.test_states import thread


def unread(page: Page) -> list[str]:
    return [str(row["id"]) for row in page.select(".row--unread")]


def mark_unread(browser: Browser, customer: Customer, query: str = "") -> Page:
    page = thread(browser, customer, query)
    return browser.submit(page, "form[action*='/unread-mark']")


def test_what_was_read_is_unread_again_for_who_says_so(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    for browser in (ana, ben):
        for customer in (ada, bob):
            browser.submit(
                thread(browser, customer),
                "form[action*='/read-mark']",
            )

    page = mark_unread(ben, ada, "?box=unassigned")

    assert page.path == "/conversations"
    assert "box=unassigned" in page.url
    assert unread(page) == [f"conversation-{ada.conversation.id}"]
    assert not unread(ana.get("/conversations"))


def test_what_was_there_before_an_agent_was_can_be_unread_too(
    stage: Stage, ada: Customer, ben: Browser
) -> None:
    assert not unread(ben.get("/conversations"))

    assert len(unread(mark_unread(ben, ada))) == 1
    ben.submit(thread(ben, ada), "form[action*='/read-mark']")

    assert not unread(ben.get("/conversations"))


def test_being_unread_changes_nothing_for_the_team(ben: Browser, ada: Customer) -> None:
    before = ada.conversation.waiting_since

    mark_unread(ben, ada)

    assert ada.conversation.waiting_since == before
    assert not thread(ben, ada).select(".message__event")


def test_where_no_customer_wrote_there_is_nothing_to_be_unread(
    stage: Stage, ben: Browser
) -> None:
    page = ben.get("/conversations/new")
    started = ben.submit(page, number="+12025550177", body="Hello from us")

    assert not started.select("form[action*='/unread-mark']")
