"""Whose a conversation is: taking, assigning, releasing, teams; said in the thread."""

import threading
import time

from flask import Flask
from sqlalchemy import select

from conversations.db import db
from conversations.models import Conversation
from conversations.texting import owners
from tests.support.cast import Customer, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import agent_named, change, own, team_of


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def owner_shown(page: Page) -> str:
    return page.select_one(".owner__words").get_text(" ", strip=True)


def last_line(page: Page) -> str:
    return page.select(".message--event")[-1].get_text(" ", strip=True)


def row(browser: Browser, customer: Customer) -> str:
    page = browser.get(f"/conversations/{customer.conversation.id}/row")
    return page.get_text(" ", strip=True)


def test_an_agent_takes_it_and_lets_it_go(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    assert owner_shown(page) == "Unassigned"

    page = ben.submit(page, button="Take it")

    assert owner_shown(page) == "Yours"
    assert "Ben Okafor took this conversation" in last_line(page)

    page = ben.submit(page, button="Release it")

    assert owner_shown(page) == "Unassigned"
    assert "Ben Okafor released this conversation" in last_line(page)


def test_it_is_assigned_to_a_colleague(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = ana.submit(thread(ana, ada), button="Assign", to=agent_named("Ben").id)

    assert owner_shown(page) == "Ben Okafor"
    assert "Ana Ruiz assigned this conversation to Ben Okafor" in last_line(page)
    assert owner_shown(thread(ben, ada)) == "Yours"


def test_a_row_shows_whose_it_is_unless_it_is_mine(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ben")

    assert "Owner: Ben Okafor" in row(ana, ada)
    assert "Owner:" not in row(ben, ada)


def test_whoever_was_quicker_keeps_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    stale = thread(ben, ada)
    ana.submit(thread(ana, ada), button="Take it")

    page = ben.submit(stale, button="Take it", expect=409)

    assert "Ana Ruiz has it by now" in page.get_text()
    assert ada.conversation.assignee_id == agent_named("Ana").id


def test_taking_it_twice_is_taking_it_once(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    mine = {"to": agent_named("Ben").id}

    page = ben.submit(page, button="Take it")
    page = ben.submit(page, button="Assign", **mine)

    assert len(page.select(".message--event")) == 1


def test_assigning_makes_nothing_unread_and_moves_no_row(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    ben.submit(thread(ben, ada), button="Mark as read")
    before = ada.conversation

    ana.submit(thread(ana, ada), button="Assign", to=agent_named("Ben").id)

    after = ada.conversation
    assert after.last_message_id == before.last_message_id
    assert after.waiting_since == before.waiting_since
    assert "Unread" not in row(ben, ada)


def test_a_team_gets_it_and_an_owner_outside_the_team_loses_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    team_id = team_of("Billing", "Ana")
    own(ada, "Ben")

    page = ana.submit(thread(ana, ada), button="Give", team=team_id)

    assert owner_shown(page) == "Unassigned · Billing"
    assert "Ana Ruiz gave this conversation to the team Billing" in last_line(page)
    assert ada.conversation.assignee_id is None


def test_an_owner_in_the_team_keeps_it(ana: Browser, ada: Customer) -> None:
    team_id = team_of("Billing", "Ana")
    own(ada, "Ana")

    page = ana.submit(thread(ana, ada), button="Give", team=team_id)

    assert owner_shown(page) == "Yours · Billing"

    page = ana.submit(page, button="Give", team="")

    assert owner_shown(page) == "Yours"
    assert "took this conversation from the team Billing" in last_line(page)


def test_who_gives_it_out_of_their_own_sight_is_led_to_the_inbox(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    team_id = team_of("Billing", "Ana")

    page = ben.submit(thread(ben, ada), button="Give", team=team_id)

    assert page.path == "/conversations"
    assert not page.select(".row")


def test_a_disabled_agent_is_not_offered_and_gets_nothing(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    stale = thread(ana, ada)
    gone = agent_named("Ben")
    change("Ben", disabled_at=ada.conversation.created_at)

    page = ana.submit(stale, button="Assign", to=gone.id, expect=409)

    assert "disabled" in page.select_one("#problem").get_text()
    assert "Ben" not in thread(ana, ada).select_one(".owner").get_text()


def test_a_reply_to_what_nobody_has_offers_to_take_it(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    assert not page.select_one("input[name=take]").has_attr("checked")

    page = ben.submit(page, body="I look into it", take=True)

    assert owner_shown(page) == "Yours"
    assert not page.select("input[name=take]")


def test_a_reply_alone_takes_nothing(ben: Browser, ada: Customer) -> None:
    ben.submit(thread(ben, ada), body="Just saying")

    assert ada.conversation.assignee_id is None


def test_an_agent_may_choose_to_take_with_every_reply(
    ben: Browser, ada: Customer
) -> None:
    ben.submit(ben.get("/profile"), take_on_reply=True)

    ben.submit(thread(ben, ada), body="I look into it")

    assert ada.conversation.assignee_id == agent_named("Ben").id


def test_a_reply_takes_nothing_from_whoever_was_quicker(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ana.submit(thread(ana, ada), button="Take it")

    ben.submit(page, body="Me too", take=True)

    assert ada.conversation.assignee_id == agent_named("Ana").id
    assert ada.messages[-1].body == "Me too"


def test_the_composer_says_who_has_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ben")

    said = thread(ana, ada).select_one("#taking").get_text(" ", strip=True)

    assert said == "Ben Okafor has this conversation."


def test_a_text_for_an_agent_who_is_away_is_nobodys_and_says_so(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), button="Take it")
    ben.submit(ben.get("/profile"), button="I am away")

    ada.texts("Are you there?")
    stage.read()

    page = thread(ben, ada)
    assert owner_shown(page) == "Unassigned"
    assert "Ben Okafor is away, so this conversation is unassigned again" in last_line(
        page
    )
    assert "Are you there?" in row(ben, ada)


def test_a_text_for_an_agent_who_is_here_stays_theirs(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), button="Take it")
    ben.submit(ben.get("/profile"), button="I am away")
    ben.submit(ben.get("/profile"), button="I am back")

    ada.texts("Are you there?")
    stage.read()

    assert the(select(Conversation)).assignee_id == agent_named("Ben").id


def test_a_text_for_an_agent_who_has_left_is_nobodys_and_says_so(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ben")
    change("Ben", disabled_at=ada.conversation.created_at)

    ada.texts("Are you there?")
    stage.read()

    assert "Ben Okafor has left" in last_line(thread(ana, ada))
    assert ada.conversation.assignee_id is None


def test_what_went_to_a_colleague_meanwhile_stays_theirs_when_its_owner_leaves(
    app: Flask, ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ana")
    leaving, new, here = agent_named("Ana"), agent_named("Ben").id, ada.conversation.id

    def leave() -> None:
        with app.app_context():
            owners.put_back_some_of(leaving)
            db.session.commit()

    leaves = threading.Thread(target=leave)
    with writing():
        conversation = db.session.get_one(Conversation, here)
        owners.move(conversation, None, new)
        leaves.start()
        time.sleep(0.3)
    leaves.join()

    assert ada.conversation.assignee_id == new
    assert not thread(ben, ada).select(".message--event")
