"""A person is erased for good: no word of theirs is left, counts and opt-outs are."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from conversations.config import Config
from conversations.db import Base, db, utcnow
from conversations.desk import customers, merging, noting
from conversations.models import (
    Agent,
    Audit,
    Conversation,
    Export,
    Message,
    Stopped,
    UnsentText,
)
from conversations.models import Customer as CustomerRow
from conversations.texting.status import Status
from conversations.web.exports.many import Maker
from tests.searching.conftest import index_all
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.exports.test_many import ask, make

NAME, SAID, NOTED = "Augusta Byron", "Zebrastripes, please", "Hippopotamus again"


def row(customer: Customer) -> CustomerRow:
    return the(select(CustomerRow).where(CustomerRow.address == customer.number))


def page_of(browser: Browser, customer: Customer, expect: int = 200) -> Page:
    return browser.get(f"/customers/{row(customer).id}/erasure", expect=expect)


def erase(browser: Browser, customer: Customer) -> Page:
    return browser.submit(page_of(browser, customer), sure=True, button="Erase")


def settled() -> None:
    """All that waited to be sent was delivered."""
    with writing():
        waits = Message.status == Status.QUEUED
        done = {"status": Status.DELIVERED, "segments": 2, "failure_text": None}
        db.session.execute(update(Message).where(waits).values(**done))


@pytest.fixture
def story(stage: Stage, ada: Customer, own_folder: Config) -> Customer:
    """Ada, of whom there is something in every place."""
    ada.texts(SAID)
    stage.read()
    we_reply(ada, "Zebrastripes it is")
    settled()
    id = ada.conversation.id
    with writing():
        agent = db.session.scalars(select(Agent)).first()
        conversation = db.session.get_one(Conversation, id)
        conversation.follow_up_note, conversation.follow_up_at = NOTED, utcnow()
        customers.rename(
            db.session.get_one(CustomerRow, conversation.customer_id), NAME
        )
        assert agent
        noting.add(agent, conversation, NOTED, "key")
        row = {"agent_id": agent.id, "conversation_id": id, "mode": "reply"}
        db.session.add(UnsentText(body=SAID, **row))
    index_all(stage.app)
    return ada


def left(words: str) -> list[str]:
    """The tables that have these words, in any column, in any case."""
    found = []
    with writing():
        tables = [table.name for table in Base.metadata.sorted_tables]
        for name in (*tables, "search_words"):
            rows = db.session.execute(text(f'SELECT * FROM "{name}"'))
            if any(words.lower() in spelled(value) for r in rows for value in r):
                found.append(name)
    return found


def spelled(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").lower()
    return str(value).lower()


def test_no_word_and_no_number_of_theirs_is_left(
    ana: Browser, story: Customer, bob: Customer
) -> None:
    about = [story.number.removeprefix("+"), "Augusta", "Zebra", "Hippo"]
    assert all(left(words) for words in about)

    erase(ana, story)

    assert {words: left(words) for words in about} == {words: [] for words in about}
    assert left(bob.texted[0])


def test_texts_are_counted_as_before(ana: Browser, story: Customer) -> None:
    before = ana.get("/reports").select_one(".figures").get_text()

    erase(ana, story)

    after = ana.get("/reports").select_one(".figures").get_text()
    assert before.split("Waiting now")[0] == after.split("Waiting now")[0]
    assert not ana.get("/conversations").select(".row")


def test_who_had_opted_out_is_not_texted_when_they_write_again(
    stage: Stage, ana: Browser, story: Customer
) -> None:
    story.texts("STOP")
    stage.read()
    erase(ana, story)

    story.texts("Zebrastripes once more")
    stage.read()

    assert story.conversation.opted_out
    thread = ana.get(f"/conversations/{story.conversation.id}")
    assert "opted out" in thread.get_text()
    story.texts("START")
    stage.read()
    assert not story.conversation.opted_out
    erase(ana, story)
    assert not everything(select(Stopped))


def test_who_had_not_opted_out_is_a_stranger_when_they_write_again(
    stage: Stage, ana: Browser, story: Customer
) -> None:
    old = story.conversation.id
    erase(ana, story)

    story.texts("Hello")
    stage.read()

    assert not everything(select(Stopped))
    assert story.conversation.id != old
    assert not story.conversation.opted_out
    assert row(story).name is None


def test_a_person_with_two_numbers_goes_whole(
    ana: Browser, story: Customer, bob: Customer
) -> None:
    with writing():
        merging.merge(
            db.session.get_one(CustomerRow, row(story).id),
            db.session.get_one(CustomerRow, row(bob).id),
        )

    page = page_of(ana, bob)
    assert "+1 202-555-0142" in page.get_text()
    ana.submit(page, sure=True, button="Erase")

    for words in (story.number[1:], bob.number[1:], "Augusta", bob.texted[0]):
        assert not left(words), words


def test_exports_that_may_hold_their_words_go(
    app: Flask, ana: Browser, story: Customer, own_folder: Config
) -> None:
    ask(ana)
    make(app, Maker(own_folder))
    assert list(own_folder.exports.iterdir())

    erase(ana, story)

    assert not list(own_folder.exports.iterdir())
    assert not everything(select(Export))


def test_the_audit_trail_says_so_without_who_it_was(
    ana: Browser, story: Customer
) -> None:
    id = row(story).id
    erase(ana, story)

    entry = the(select(Audit).where(Audit.act == "erased"))

    assert (entry.subject_id, entry.agent) == (id, "Ana Ruiz")
    assert json.loads(entry.detail) == {"numbers": 1, "messages": 4}


def test_nothing_is_erased_while_a_text_waits_to_be_sent(
    ana: Browser, story: Customer
) -> None:
    we_reply(story, "One moment")

    page = page_of(ana, story)
    assert "on its way" in page.get_text()
    ana.submit(page, sure=True, button="Erase", expect=422)

    assert row(story).name == NAME


def test_only_an_admin_who_is_sure_erases(
    ana: Browser, ben: Browser, story: Customer
) -> None:
    here = f"/customers/{row(story).id}/erasure"
    page_of(ben, story, expect=403)
    panel = f"/conversations/{story.conversation.id}/customer"
    assert "Erase this person" not in ben.get(panel).get_text()
    assert "Erase this person" in ana.get(panel).get_text()
    assert "Erase this person" in ana.fragment(panel).get_text()
    assert "Erase this person" not in ben.fragment(panel).get_text()

    token = page_of(ana, story).select_one("input[name=csrf_token]")["value"]
    assert ana.client.post(here, data={"csrf_token": token}).status_code == 422
    assert row(story).name == NAME


def test_what_is_erased_is_shown_as_such(ana: Browser, story: Customer) -> None:
    id, number = story.conversation.id, row(story).id

    thread = erase(ana, story)

    assert thread.path == f"/conversations/{id}"
    assert f"Erased person {number}" in thread.get_text()
    panel = ana.get(f"/conversations/{id}/customer").get_text()
    assert "Erase this person" not in panel
    assert ana.client.get(f"/customers/{number}/erasure").status_code == 404
    assert ana.get(f"/conversations/{id}/paper")
