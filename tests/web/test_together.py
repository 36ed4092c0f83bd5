"""One decision about several conversations, picked in the list."""

import pytest
from flask import Flask

from conversations.db import db
from conversations.desk import tags
from conversations.models import Conversation, ReadMark
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import agent_named, give, own, team_of


def picks(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.select("input[name=pick][type=checkbox]")]


def decides(page: Page, browser: Browser, act: str, **more: object) -> Page:
    """Picks all that the page shows and presses a button; without any script."""
    form = page.select_one("#together")
    token = form.select_one("[name=csrf_token]")["value"]
    data = {"csrf_token": token, "act": act, "pick": picks(page)} | more
    return browser._open(200, method="POST", path=form["action"], data=data)


def said(page: Page) -> str:
    return " ".join(page.select_one("#outcome .outcome__words").get_text(" ").split())


def now(customer: Customer) -> Conversation:
    return customer.conversation


def test_several_are_closed_at_once_and_opened_again_by_undo(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = decides(ben.get("/conversations"), ben, "close")

    assert said(page) == "2 closed"
    assert now(ada).closed_at
    assert now(bob).closed_at
    assert not page.select(".row")

    page = ben.submit(page, ".outcome__undo", button="Undo")

    assert said(page) == "2 opened again"
    assert not now(ada).closed_at
    assert not now(bob).closed_at


def test_what_came_meanwhile_is_not_closed_over_and_the_others_are(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = ben.get("/conversations")
    ada.texts("One more thing")
    stage.read()

    told = said(decides(page, ben, "close"))

    assert told.startswith("1 closed 1 not: The customer wrote again meanwhile.")
    assert not now(ada).closed_at
    assert now(bob).closed_at


def test_undo_leaves_closed_what_somebody_else_had_closed(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    before = ben.get("/conversations")
    ana_closes = ana.get(f"/conversations/{ada.conversation.id}")
    ana.submit(ana_closes, button="Close", form='[action$="/closed"]')

    page = decides(before, ben, "close")
    assert said(page) == "1 closed 1 not: It was closed already."
    ben.submit(page, ".outcome__undo", button="Undo")

    assert now(ada).closed_at
    assert not now(bob).closed_at


def test_an_old_undo_opens_nothing_that_was_closed_since(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    before = decides(ben.get("/conversations"), ben, "close")
    there = ana.get(f"/conversations/{ada.conversation.id}")
    ana.submit(ana.submit(there, button="Open again"), button="Close")

    page = ben.submit(before, ".outcome__undo", button="Undo")

    assert "closed again since" in said(page)
    assert now(ada).closed_at


def test_several_are_assigned_unless_they_changed_hands(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page, ana_id = ben.get("/conversations"), agent_named("Ana").id
    own(ada, "Ben")

    told = said(decides(page, ben, "assign", give_to=str(ana_id)))

    assert told.startswith("1 assigned 1 not: Ben Okafor has it by now.")
    assert now(ada).assignee_id == agent_named("Ben").id
    assert now(bob).assignee_id == ana_id

    decides(ben.get("/conversations"), ben, "assign", give_to="")
    assert now(ada).assignee_id is now(bob).assignee_id is None


def test_several_are_tagged_snoozed_read_or_need_no_reply(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    with writing():
        tags.make("Urgent")

    page = ben.get("/conversations")
    assert said(decides(page, ben, "tag", put_on="Urgent")) == "2 tagged"
    assert said(decides(page, ben, "read")) == "2 marked as read"
    assert len(everything(db.select(ReadMark))) == 2
    assert said(decides(page, ben, "answered")) == "2 need no reply"
    assert now(ada).waiting_since is now(bob).waiting_since is None
    page = ben.get("/conversations")
    until = page.select("#together-until option")[1]["value"]
    assert said(decides(page, ben, "snooze", snooze_until=until)) == "2 snoozed"
    assert now(ada).snoozed_until == now(bob).snoozed_until is not None


def test_what_one_may_not_see_is_not_touched(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = ben.get("/conversations")
    give(ada, team_of("Billing", "Ana"))
    acts = ("close", "reopen", "assign", "tag", "snooze", "answered", "read")
    before = state(ada)

    for act in acts:
        told = said(decides(page, ben, act, give_to=str(agent_named("Ben").id)))
        assert "1 is no longer yours to see." in told, act

    assert state(ada) == before


def state(customer: Customer) -> tuple[object, ...]:
    here = customer.conversation
    marks = everything(db.select(ReadMark).filter_by(conversation_id=here.id))
    facts = (here.assignee_id, here.closed_at, here.snoozed_at, here.waiting_since)
    return (*facts, len(customer.messages), len(marks))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "close", "pick": []}, "Nothing is selected."),
        ({"act": "close", "pick": ["x", "1.2"]}, "Nothing is selected."),
        ({"act": "close", "pick": [f"{n}.1.0" for n in range(1, 102)]}, "At most 100"),
        ({"act": "snooze", "snooze_until": "2001-01-01T09:00"}, "yet to come"),
    ],
)
def test_what_cannot_be_done_is_said(
    ben: Browser, ada: Customer, sent: dict[str, object], words: str
) -> None:
    page = ben.get("/conversations")
    token = page.select_one("#together [name=csrf_token]")["value"]
    data = {"csrf_token": token, "pick": picks(page)} | sent

    answer = ben._open(422, method="POST", path="/conversations/together", data=data)

    assert words in said(answer)
    assert not now(ada).closed_at


def test_other_acts_are_none(ben: Browser, ada: Customer) -> None:
    page = ben.get("/conversations")
    token = page.select_one("#together [name=csrf_token]")["value"]
    data = {"csrf_token": token, "act": "erase", "pick": picks(page)}

    ben._open(400, method="POST", path="/conversations/together", data=data)


def test_a_form_of_another_page_is_refused(app: Flask, ben: Browser) -> None:
    assert ben.client.post("/conversations/together").status_code == 400
    assert app.test_client().post("/conversations/together").status_code == 401


def test_a_script_gets_only_what_came_of_it(ben: Browser, ada: Customer) -> None:
    page = ben.get("/conversations")
    token = page.select_one("#together [name=csrf_token]")["value"]
    data = {"csrf_token": token, "act": "close", "pick": picks(page)}
    script = {"HX-Request": "true"}

    there = "/conversations/together"
    answer = ben.client.post(there, data=data, headers=script).text

    assert "1 closed" in answer
    assert "<html" not in answer
