"""Closing, its undoing, and the line it draws in the thread."""

from sqlalchemy import select

from conversations.db import db
from conversations.models import Agent, Conversation
from tests.support.cast import Customer, writing
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.web.deciding import TAGS, events, state_of, tag_named, thread


def test_closing_goes_on_to_whoever_waits_longest(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = ben.submit(thread(ben, bob), button="Close")

    assert page.path == f"/conversations/{ada.conversation.id}"
    assert "Closed: +44 20 7946 0018" in page.select_one(".just-closed").get_text()
    page = ben.submit(page, button="Close")
    assert "All done" in page.get_text()
    assert not page.select(".row")


def test_closing_can_be_undone(ben: Browser, ada: Customer) -> None:
    page = ben.submit(thread(ben, ada), button="Close")

    page = ben.submit(page, button="Undo")

    assert page.path == f"/conversations/{ada.conversation.id}"
    assert ada.conversation.closed_at is None
    assert page.select_one("#state .wait")
    assert "opened this conversation again" in events(page)[1]


def test_an_old_undo_opens_nothing_that_was_closed_since(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    before = ben.submit(thread(ben, ada), button="Close")
    opened = ana.submit(thread(ana, ada), button="Open again")
    ana.submit(opened, button="Close")

    page = ben.submit(before, button="Undo")

    assert ada.conversation.closed_at
    assert "closed again since" in state_of(page)


def test_closing_stays_within_the_view(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    with writing():
        me = db.session.scalars(select(Agent)).one().id
        db.session.get_one(Conversation, ada.conversation.id).assignee_id = me

    page = ben.submit(thread(ben, ada, "?box=mine"), button="Close")

    assert "All done" in page.get_text()
    assert page.select_one("#tab-mine")["aria-current"] == "true"


def test_the_episode_line_says_since_when_whose_and_what_about(
    ben: Browser, ada: Customer
) -> None:
    tag_named("orders")
    ben.submit(thread(ben, ada), TAGS, tag="Orders")

    ben.submit(thread(ben, ada), button="Close")

    line = events(thread(ben, ada))[0]
    assert line.startswith("Ben Okafor closed this conversation · since ")
    assert "· orders ·" in line


def test_a_new_text_opens_the_next_episode_below_the_line(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), button="Close")
    assert not ben.get("/conversations").select(".row")

    ada.texts("One more thing")
    stage.read()

    page = thread(ben, ada)
    assert "The customer wrote again" in events(page)[1]
    assert page.select(".wait")
    assert "Hi, is my order ready?" in page.get_text()
