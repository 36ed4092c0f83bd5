"""Texts put off until later: sent once, in time, under their author's name, or not."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.desk import releasing
from conversations.models import Audit, ScheduledText
from conversations.texting.status import Status
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, everything, the, writing
from tests.support.forms import submission
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.web.putting_off import FORM, fate, its_time_comes, put_off, thread


def test_it_stands_above_the_box_with_its_time_and_author(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = put_off(ben, ada)

    assert not page.select_one("#body").get_text().strip()
    text = thread(ana, ada).select_one("#scheduled").get_text()
    assert "Good morning" in text
    assert "09:00" in text
    assert "Ben Okafor" in text
    assert len(ada.messages) == 1


def test_in_its_time_it_is_sent_under_its_authors_name(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    put_off(ben, ada)

    its_time_comes(stage)

    newest = ada.messages[-1]
    assert (newest.body, newest.author) == ("Good morning", "Ben Okafor")
    assert (newest.status, fate()) == (Status.QUEUED, "sent")
    assert not thread(ben, ada).select(".later__one")


def test_a_script_gets_the_list_and_an_empty_box(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    filled = submission(page, page.select_one(FORM), {"body": "Later"}, "In 1 hour")

    piece = ben._open(200, headers={"HX-Request": "true"}, **filled.request)

    assert "Later" in piece.select_one("#composer #scheduled").get_text()
    assert not piece.select_one("#body").get_text().strip()


def test_many_processes_send_it_once(stage: Stage, ben: Browser, ada: Customer) -> None:
    put_off(ben, ada)
    with writing():
        then = utcnow() - timedelta(seconds=1)
        db.session.execute(update(ScheduledText).values(due_at=then))
    together = threading.Barrier(4)

    def sweep(worker: str) -> None:
        together.wait()
        stage.step(Sweeper(worker, lambda: True).step)

    sweeping = [threading.Thread(target=sweep, args=(name,)) for name in "abcd"]
    for each in sweeping:
        each.start()
    for each in sweeping:
        each.join()

    assert [message.body for message in ada.messages[1:]] == ["Good morning"]


@pytest.mark.parametrize(
    ("button", "said", "act"),
    [
        ("Send now", "sent what Ben Okafor had scheduled", "replied"),
        ("Edit", "took what Ben Okafor had scheduled", "scheduled_edited"),
        ("Cancel", "cancelled what Ben Okafor had scheduled", "scheduled_cancelled"),
    ],
)
def test_what_becomes_of_a_colleagues_text_is_said_and_noted(
    ana: Browser, ben: Browser, ada: Customer, button: str, said: str, act: str
) -> None:
    put_off(ben, ada)

    page = ana.submit(thread(ana, ada), ".later__ways", button=button)

    assert f"Ana Ruiz {said}" in page.select_one("#messages").get_text()
    noted = the(select(Audit).where(Audit.act == act, Audit.agent == "Ana Ruiz"))
    assert f'"scheduled": {the(select(ScheduledText)).id}' in noted.detail


def test_what_one_does_to_ones_own_text_needs_no_saying(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(put_off(ben, ada), ".later__ways", button="Cancel")

    assert not page.select(".message__event")


def test_it_can_be_cancelled(stage: Stage, ben: Browser, ada: Customer) -> None:
    page = put_off(ben, ada)

    ben.submit(page, ".later__ways", button="Cancel")
    its_time_comes(stage)

    assert fate() == "cancelled"
    assert len(ada.messages) == 1


def test_it_can_be_edited_by_taking_it_back(ben: Browser, ada: Customer) -> None:
    page = ben.submit(put_off(ben, ada), ".later__ways", button="Edit")

    assert page.select_one("#body").get_text().strip() == "Good morning"
    assert not page.select(".later__one")


def test_it_can_be_sent_at_once_and_only_once(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = put_off(ben, ada)
    ben.submit(page, ".later__ways", button="Send now")

    page = ben.submit(page, ".later__ways", button="Send now", expect=409)
    its_time_comes(stage)

    assert "waits no longer" in page.select_one("#problem").get_text()
    assert [message.body for message in ada.messages[1:]] == ["Good morning"]


def test_the_same_form_twice_is_one_text(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    for _ in range(2):
        ben.submit(page, FORM, button="Tomorrow, 9:00", body="Once")

    assert len(everything(select(ScheduledText))) == 1


def test_it_is_held_like_any_reply_when_something_is_new(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ada.texts("Never mind")
    stage.read()

    page = ben.submit(page, FORM, button="In 1 hour", body="So?", expect=409)

    assert "Never mind" in page.select_one("#outdated").get_text()


def test_enter_in_the_time_sends_nothing(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)

    ben.submit(page, FORM, body="Later", at="2026-12-24T09:00", expect=422)

    assert len(ada.messages) == 1


def test_nothing_due_is_nothing_to_do(stage: Stage) -> None:
    with writing():
        assert releasing.release({}, timedelta(hours=1)) == 0
