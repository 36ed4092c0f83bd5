"""What an agent may not see is, for them, not there: on no page and by no address."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.desk import accounts, tokens
from conversations.models import Agent, Conversation, ScheduledText
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.line import change_line
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage
from tests.support.teams import agent_named, change, give, own, team_of
from tests.web import routes

SECRET = "The blue folder is under the stairs"


@pytest.fixture
def hidden(stage: Stage, ana: Browser, ben: Browser, ada: Customer) -> Customer:
    """Ada's conversation is a team's in which Ben is not."""
    ada.texts(SECRET)
    stage.read()
    give(ada, team_of("Billing", "Ana"))
    return ada


def ids(customer: Customer) -> dict[str, object]:
    conversation = customer.conversation
    return {
        "conversation_id": conversation.id,
        "customer_id": conversation.customer_id,
        "message_id": customer.messages[-1].id,
        "text_id": put_off(conversation),
        "mode": "reply",
    }


def put_off(conversation: Conversation) -> int:
    """A text of Ana's that waits there to be sent."""
    with writing():
        text = ScheduledText(
            conversation_id=conversation.id,
            agent_id=everything(select(Agent.id))[0],
            body=SECRET,
            due_at=utcnow() + timedelta(days=1),
            seen_id=0,
        )
        db.session.add(text)
        db.session.flush()
        return text.id


def test_another_teams_conversation_is_at_no_address(
    app: Flask, ben: Browser, hidden: Customer
) -> None:
    walked = list(routes.addresses(app, "GET", **ids(hidden)))
    assert len(walked) > 3

    for address in walked:
        answer = ben.client.get(address)
        assert answer.status_code == 404, address
        assert SECRET not in answer.text


def test_nothing_can_be_done_to_another_teams_conversation(
    app: Flask, ben: Browser, hidden: Customer
) -> None:
    page = ben.get("/conversations/new")
    token = page.select_one("input[name=csrf_token]")["value"]
    before = state(hidden)
    own_id = agent_named("Ben").id
    walked = list(routes.addresses(app, "POST", **ids(hidden)))
    assert len(walked) > 6

    for address in walked:
        form = {"csrf_token": token, "body": "Mine", "key": "k", "name": "Mine"}
        more = {"message": "1", "to": str(own_id), "team": "", "was": ""}
        answer = ben.client.post(address, data=form | more)
        assert answer.status_code in (400, 404), address
        assert SECRET not in answer.text

    assert state(hidden) == before


def state(customer: Customer) -> tuple[object, ...]:
    here = customer.conversation
    return (
        len(customer.messages),
        here.assignee_id,
        here.team_id,
        here.customer.name,
        here.closed_at,
        here.last_outbound_id,
    )


def test_another_teams_conversation_is_on_no_list_and_found_by_no_search(
    app: Flask, ben: Browser, hidden: Customer
) -> None:
    for query in ("", "?q=Ada", "?q=2025550142", "?q=blue"):
        for address in routes.plain(app):
            answer = ben.client.get(address + query)
            assert SECRET not in answer.text, address
            assert "555-0142" not in answer.text, address


def test_admins_and_the_teams_members_see_it(ana: Browser, hidden: Customer) -> None:
    assert SECRET in ana.get("/conversations").get_text()

    change("Ana", role="agent")

    assert SECRET in ana.get("/conversations").get_text()
    ana.get(f"/conversations/{hidden.conversation.id}")


def test_whoever_owns_it_sees_it_whatever_its_team(
    ben: Browser, hidden: Customer
) -> None:
    own(hidden, "Ben")

    assert SECRET in ben.get("/conversations").get_text()
    ben.get(f"/messages/{hidden.messages[-1].id}")


def test_what_has_no_team_everybody_sees(ben: Browser, hidden: Customer) -> None:
    give(hidden, None)

    assert SECRET in ben.get("/conversations").get_text()


def test_leaving_a_team_takes_effect_at_once(ana: Browser, hidden: Customer) -> None:
    change("Ana", role="agent")
    ana.get(f"/conversations/{hidden.conversation.id}")

    with writing():
        from_team = db.session.get_one(Conversation, hidden.conversation.id).team_id
        db.session.execute(
            db.text("DELETE FROM team_member WHERE team_id = :id"), {"id": from_team}
        )

    ana.get(f"/conversations/{hidden.conversation.id}", expect=404)


def test_programs_with_a_token_see_all(app: Flask, hidden: Customer) -> None:
    with writing():
        token = tokens.create("crm")

    answer = app.test_client().get(
        "/api/v1/conversations", headers={"Authorization": f"Bearer {token}"}
    )

    assert [each["id"] for each in answer.json["data"]] == [hidden.conversation.id]


def test_a_new_conversation_is_its_lines_teams(
    stage: Stage, ana: Browser, ben: Browser, bob: Customer
) -> None:
    team_id = team_of("Billing", "Ana")
    change_line(team_id=team_id)
    newcomer = Customer("+12025550199", LINE, bob.caller)

    newcomer.texts("Hello there")
    stage.read()

    assert newcomer.conversation.team_id == team_id
    assert bob.conversation.team_id is None
    assert "Hello there" not in ben.get("/conversations").get_text()


def test_nobody_begins_a_conversation_that_they_would_not_see(
    ben: Browser, hidden: Customer
) -> None:
    form = ben.get("/conversations/new")
    said = ben.submit(form, number=hidden.number, body="Hi", expect=422)

    assert "Another team" not in said.get_text()
    assert "cannot start a conversation with this number" in said.get_text()
    assert len(hidden.messages) == 2


def test_a_line_whose_conversations_one_would_not_see_is_not_offered(
    ana: Browser, ben: Browser
) -> None:
    change_line(team_id=4711)

    assert LINE[-4:] not in offered(ben)
    assert LINE[-4:] in offered(ana)


def offered(browser: Browser) -> str:
    """What the form for a new conversation says of where the text leaves from."""
    return browser.get("/conversations/new").select_one(".pane form").get_text()


def test_a_text_in_a_hidden_conversation_leaves_no_trace_on_the_desk(
    stage: Stage, ben: Browser, hidden: Customer
) -> None:
    we_reply(hidden, "Under the stairs, noted")
    hidden.texts("And the key is in it")
    stage.read()

    page = ben.get("/conversations")

    assert not page.select(".row")
    assert page.title.get_text() == "Conversations · Parley"


def test_a_new_agent_sees_no_team(hidden: Customer, browser: Browser) -> None:
    with writing():
        accounts.create_agent("cy@example.com", "Cy", "agent", "three herons by 1 weir")
    browser.sign_in("cy@example.com", "three herons by 1 weir")

    assert not browser.get("/conversations").select(".row")
    assert the(select(Conversation)).team_id
