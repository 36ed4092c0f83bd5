"""Second thoughts: a reply waits some seconds and can be taken back meanwhile."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from conversations.db import db, utcnow
from conversations.models import Episode, Message, Wait
from conversations.texting.status import Status
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.conftest import PASSWORD, make_agent


@pytest.fixture
def cleo(app: Flask) -> Browser:
    """Cleo, whose replies wait ten seconds."""
    browser = Browser(app.test_client())
    browser.sign_in(make_agent("Cleo Marsh", undo_seconds=10), PASSWORD)
    return browser


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def box(page: Page) -> str:
    return str(page.select_one("textarea[name=body]").get_text().strip())


def test_a_reply_waits_and_says_so(stage: Stage, cleo: Browser, ada: Customer) -> None:
    page = cleo.submit(thread(cleo, ada), body="At six")
    stage.work()

    newest = ada.messages[-1]
    assert newest.status == Status.QUEUED
    wait = newest.due_at - newest.created_at
    assert timedelta(seconds=9) < wait < timedelta(seconds=11)
    assert "“At six”" in page.select_one("undo-bar").get_text()


def test_undoing_cancels_it_and_gives_the_text_back(
    stage: Stage, cleo: Browser, ada: Customer
) -> None:
    page = cleo.submit(thread(cleo, ada), body="At six")

    page = cleo.submit(page, ".undo__form")
    stage.work()

    assert box(page) == "At six"
    assert ada.messages[-1].status == Status.CANCELLED
    assert "Cancelled" in page.select(".message")[-1].get_text()
    assert not page.select("undo-bar")


def test_what_was_begun_since_is_kept_beside_it(cleo: Browser, ada: Customer) -> None:
    page = cleo.submit(thread(cleo, ada), body="At six")
    token = page.select_one(".composer__form [name=csrf_token]")["value"]
    kept = page.select_one("reply-composer")["data-kept"]
    begun = {"body": "And bring", "csrf_token": token}
    assert cleo.client.post(kept, data=begun).status_code == 204

    assert box(cleo.submit(page, ".undo__form")) == "At six\nAnd bring"


def test_what_was_closed_before_the_reply_stays_closed(
    cleo: Browser, ada: Customer
) -> None:
    cleo.submit(thread(cleo, ada), button="Close")
    episode = ada.conversation.episode_id
    page = cleo.submit(thread(cleo, ada), body="One more thing")

    cleo.submit(page, ".undo__form")

    assert ada.conversation.closed_at
    assert ada.conversation.episode_id == episode


def test_what_was_closed_after_the_reply_is_open_again(
    cleo: Browser, ada: Customer
) -> None:
    page = cleo.submit(thread(cleo, ada), body="That is all")
    cleo.submit(page, button="Close")

    cleo.submit(page, ".undo__form")

    assert not ada.conversation.closed_at
    assert not everything(select(Episode))


def test_a_text_that_has_left_cannot_be_undone_and_that_is_said(
    cleo: Browser, ada: Customer
) -> None:
    page = cleo.submit(thread(cleo, ada), body="At six")
    with writing():
        sent = update(Message).where(Message.id == ada.messages[-1].id)
        db.session.execute(sent.values(status=Status.SENDING))

    page = cleo.submit(page, ".undo__form", expect=409)

    assert "already on its way" in page.select_one("#problem").get_text()
    assert ada.messages[-1].status == Status.SENDING


def test_undoing_twice_is_undoing_once(cleo: Browser, ada: Customer) -> None:
    page = cleo.submit(thread(cleo, ada), body="At six")

    cleo.submit(page, ".undo__form")

    assert box(cleo.submit(page, ".undo__form")) == "At six"


def test_nobody_undoes_what_somebody_else_wrote(
    ben: Browser, cleo: Browser, ada: Customer
) -> None:
    cleo.submit(thread(cleo, ada), body="At six")
    page = thread(ben, ada)
    assert not page.select("undo-bar")

    token = page.select_one("[name=csrf_token]")["value"]
    there = f"/messages/{ada.messages[-1].id}/undoing"
    answer = ben.client.post(there, data={"csrf_token": token})

    assert answer.status_code == 409
    assert ada.messages[-1].status == Status.QUEUED


def test_when_the_seconds_are_over_it_leaves_by_itself(
    kaleyra: object, stage: Stage, cleo: Browser, ada: Customer
) -> None:
    cleo.submit(thread(cleo, ada), body="At six")
    with writing():
        due = update(Message).where(Message.id == ada.messages[-1].id)
        db.session.execute(due.values(due_at=utcnow() - timedelta(seconds=1)))

    assert not thread(cleo, ada).select("undo-bar")
    stage.work()
    assert ada.messages[-1].status not in (Status.QUEUED, Status.CANCELLED)


def test_the_seconds_are_chosen_in_the_profile(cleo: Browser, ada: Customer) -> None:
    cleo.submit(cleo.get("/profile"), undo_seconds="0")

    page = cleo.submit(thread(cleo, ada), body="At once")

    assert not page.select("undo-bar")
    assert ada.messages[-1].due_at <= utcnow()


def test_who_waited_waits_again_since_the_same_time(
    stage: Stage, cleo: Browser, ada: Customer
) -> None:
    page = thread(cleo, ada)
    page = cleo.submit(page, "form[action*='/closed']")
    ada.texts("One thing more")
    stage.read()
    since = ada.conversation.waiting_since
    assert since > ada.messages[0].created_at

    page = cleo.submit(thread(cleo, ada), body="At six")
    assert ada.conversation.waiting_since is None
    cleo.submit(page, ".undo__form")

    assert ada.conversation.waiting_since == since


def test_nobody_begins_to_wait_because_a_needless_reply_is_undone(
    stage: Stage, cleo: Browser, ada: Customer
) -> None:
    page = thread(cleo, ada)
    cleo.submit(page, "form[action*='/closed']")

    page = cleo.submit(thread(cleo, ada), body="And thank you")
    cleo.submit(page, ".undo__form")

    assert not ada.conversation.waits


def test_another_answer_still_ends_the_wait(cleo: Browser, ada: Customer) -> None:
    cleo.submit(thread(cleo, ada), body="At six")
    page = cleo.submit(thread(cleo, ada), body="Or seven")
    first, second = (
        f"form[action$='/messages/{each.id}/undoing']" for each in ada.messages[-2:]
    )

    page = cleo.submit(page, first)
    assert ada.conversation.waiting_since is None
    assert everything(select(func.count(Wait.message_id))) == [1]

    cleo.submit(page, second)
    assert ada.conversation.waiting_since == ada.messages[0].created_at
