"""What its owner does not answer is nobody's again, if admins want it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Audit, Conversation
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import agent_named, own
from tests.web.test_news import titles

GOAL = "[action='/settings/desk/goal']"


@pytest.fixture
def late(ana: Browser, ben: Browser, ada: Customer) -> Customer:
    """Ada waits since an hour and has been Ben's all the while: the goal is half of it
    and admins want back what is a quarter late."""
    own(ada, "Ben")
    past(ada, timedelta(hours=1), timedelta(hours=1))
    ana.submit(ana.get("/settings/desk"), GOAL, minutes="30", give_back="15")
    return ada


def past(customer: Customer, waited: timedelta, owned: timedelta) -> None:
    """The customer waits, and their conversation has its owner, for so long."""
    now, here = utcnow(), customer.conversation.id
    with writing():
        row = update(Conversation).where(Conversation.id == here)
        since = {"waiting_since": now - waited, "owned_since": now - owned}
        db.session.execute(row.values(**since))


def sweep(stage: Stage) -> None:
    stage.step(Sweeper(threading.current_thread().name, lambda: True).step)


def lines(browser: Browser, customer: Customer) -> list[str]:
    page = browser.get(f"/conversations/{customer.conversation.id}")
    return [each.get_text(" ", strip=True) for each in page.select(".message--event")]


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def test_what_its_owner_leaves_unanswered_is_given_back_once_and_says_so(
    stage: Stage, ana: Browser, late: Customer
) -> None:
    sweep(stage)
    sweep(stage)

    assert late.conversation.assignee_id is None
    (line,) = lines(ana, late)
    assert "Ben Okafor did not answer in time, so this conversation is un" in line
    assert len(everything(select(Audit).where(Audit.act == "given_back"))) == 1
    noted = ana.get("/audit").get_text(" ", strip=True)
    assert "Parley · Gave back what its owner did not answer" in noted


def test_everybody_who_wants_to_know_of_what_nobody_has_is_told(
    stage: Stage, ana: Browser, ben: Browser, late: Customer
) -> None:
    sweep(stage)
    told = "Unassigned again, still waiting: +1 202-555-0142"
    event = late.messages[-1]

    assert titles(ana, event) == titles(ben, event) == [told]
    own(late, "Ana")
    assert titles(ben, event) == []


def test_nobody_loses_anything_until_an_admin_says_so(
    stage: Stage, ana: Browser, late: Customer
) -> None:
    ana.submit(ana.get("/settings/desk"), GOAL, give_back="")

    sweep(stage)

    assert late.conversation.assignee_id == agent_named("Ben").id
    page = ana.submit(ana.get("/settings/desk"), GOAL, give_back="-1", expect=422)
    assert "Type a number from 0 to" in page.get_text()


def test_who_is_given_what_waits_already_has_the_same_time(
    stage: Stage, ana: Browser, late: Customer
) -> None:
    sweep(stage)
    ana.submit(thread(ana, late), button="Take it")

    sweep(stage)
    assert late.conversation.assignee_id == agent_named("Ana").id

    past(late, timedelta(hours=2), timedelta(minutes=46))
    sweep(stage)
    assert late.conversation.assignee_id is None


@pytest.mark.parametrize("button", ["Close", "Until the next text", "No reply needed"])
def test_what_is_put_away_or_needs_no_reply_stays_with_its_owner(
    stage: Stage, ben: Browser, late: Customer, button: str
) -> None:
    ben.submit(thread(ben, late), button=button)

    sweep(stage)

    assert late.conversation.assignee_id == agent_named("Ben").id


def test_what_was_answered_stays_with_its_owner(
    stage: Stage, ben: Browser, late: Customer
) -> None:
    ben.submit(thread(ben, late), ".composer__form", body="I look into it")

    sweep(stage)

    assert late.conversation.assignee_id == agent_named("Ben").id


def test_of_several_who_sweep_at_once_one_says_it(
    stage: Stage, ana: Browser, late: Customer
) -> None:
    sweeps = [threading.Thread(target=sweep, args=[stage]) for _ in range(4)]
    for each in sweeps:
        each.start()
    for each in sweeps:
        each.join()

    assert len(lines(ana, late)) == 1
