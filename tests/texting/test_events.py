"""What happened to a conversation stands in its thread and is no text."""

from flask.testing import FlaskClient

from conversations.desk import tokens
from conversations.models.message import EVENT
from conversations.texting import events
from conversations.texting.events import Kind
from tests.support.cast import Customer, now, writing
from tests.support.stage import Stage


def happens(customer: Customer) -> int:
    with writing():
        return events.say(customer.conversation, Kind.ASSIGNED, to="Cleo")


def test_an_event_leaves_the_inboxs_row_as_it_was(ada: Customer) -> None:
    before = ada.conversation

    happens(ada)

    after = ada.conversation
    assert after.last_message_id == before.last_message_id
    assert after.last_message_at == before.last_message_at
    assert after.preview == before.preview


def test_an_event_is_never_sent(stage: Stage, ada: Customer) -> None:
    message_id = happens(ada)

    stage.send()

    assert now(message_id).status == "noted"


def test_programs_are_not_told_of_events(client: FlaskClient, ada: Customer) -> None:
    with writing():
        token = tokens.create("crm")
    headers = {"Authorization": f"Bearer {token}"}
    message_id = happens(ada)
    assert now(message_id).direction == EVENT

    url = f"/api/v1/conversations/{ada.conversation.id}/messages"
    listed = client.get(url, headers=headers).json
    alone = client.get(f"/api/v1/messages/{message_id}", headers=headers)

    assert [each["direction"] for each in listed["data"]] == ["inbound"]
    assert alone.status_code == 404
