"""An answer that nobody got is no answer: who waited for it waits as before."""

from itertools import count

import pytest
from sqlalchemy import select, update

from conversations.db import db
from conversations.desk import closing, signals
from conversations.models import Agent, Conversation, Message, Wait
from tests.desk.conftest import an_agent, with_row
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.stage import Stage

numbers = count(1)


def answer(customer: Customer, body: str) -> str:
    """A person's reply that Kaleyra has accepted; the id that its reports carry."""
    id = f"5b0c9d1e-{next(numbers)}"
    message = we_reply(customer, body, author_id=an_agent())
    with writing():
        statement = update(Message).where(Message.id == message.id)
        values = {"status": "accepted", "provider_id": f"{id}:1", "batch_id": id}
        db.session.execute(statement.values(due_at=None, **values))
    return f"{id}:1"


def report(stage: Stage, customer: Customer, id: str, status: str) -> None:
    reported = customer.caller.status({"id": id, "status": status})
    assert reported.status_code == 200
    stage.read()


def asks(stage: Stage, customer: Customer, body: str) -> Message:
    customer.texts(body)
    stage.read()
    return next(each for each in customer.messages[::-1] if each.inbound)


def nothing_needed(row: Conversation, by: Agent) -> None:
    signals.no_reply_needed(row, by, row.last_message_id or 0)


def close(row: Conversation, by: Agent) -> None:
    closing.close(row, by, row.last_message_id or 0)


@pytest.mark.parametrize("outcome", ["FAILED", "UNDELIVERED"])
def test_who_waited_waits_again_when_the_answer_did_not_get_through(
    stage: Stage, ada: Customer, outcome: str
) -> None:
    since = ada.conversation.waiting_since
    id = answer(ada, "Yes")
    assert ada.conversation.waiting_since is None

    report(stage, ada, id, outcome)

    assert ada.conversation.waiting_since == since
    assert not everything(select(Wait))


def test_a_text_on_its_way_has_answered(stage: Stage, ada: Customer) -> None:
    report(stage, ada, answer(ada, "Yes"), "SENT")

    assert ada.conversation.waiting_since is None


def test_another_answer_has_answered_them(stage: Stage, ada: Customer) -> None:
    first, second = answer(ada, "Yes"), answer(ada, "At six")

    report(stage, ada, first, "FAILED")
    assert ada.conversation.waiting_since is None
    assert the(select(Wait)).message_id == ada.messages[-1].id

    report(stage, ada, second, "FAILED")
    assert ada.conversation.waiting_since == ada.messages[0].created_at


def test_the_longest_wait_is_given_back_in_any_order(
    stage: Stage, ada: Customer
) -> None:
    first = answer(ada, "Yes")
    asks(stage, ada, "When?")
    second = answer(ada, "At six")

    report(stage, ada, second, "FAILED")
    report(stage, ada, first, "FAILED")

    assert ada.conversation.waiting_since == ada.messages[0].created_at


def test_an_answer_to_a_later_text_ends_the_whole_wait(
    stage: Stage, ada: Customer
) -> None:
    first = answer(ada, "Yes")
    asks(stage, ada, "When?")
    answer(ada, "At six")

    report(stage, ada, first, "FAILED")

    wait = the(select(Wait))
    assert wait.message_id == ada.messages[-1].id
    assert (wait.since, wait.first) == (ada.messages[0].created_at, True)
    assert ada.conversation.waiting_since is None


def test_who_needs_no_reply_needs_none_now(stage: Stage, ada: Customer) -> None:
    id = answer(ada, "Yes")
    asks(stage, ada, "Thanks")
    with_row(ada, nothing_needed)

    report(stage, ada, id, "FAILED")

    assert ada.conversation.waiting_since is None


def test_a_new_matter_does_not_wait_for_the_last_one(
    stage: Stage, ada: Customer
) -> None:
    id = answer(ada, "Yes")
    with_row(ada, close)
    new = asks(stage, ada, "Something else")

    report(stage, ada, id, "UNDELIVERED")

    assert ada.conversation.waiting_since == new.created_at


def test_what_was_closed_after_it_waits_once_it_is_open_again(
    stage: Stage, ada: Customer
) -> None:
    id = answer(ada, "Yes")
    with_row(ada, close)

    report(stage, ada, id, "FAILED")
    assert not ada.conversation.waits
    with_row(ada, closing.reopen)

    assert ada.conversation.waits


def test_a_late_delivery_ends_the_wait_after_all(stage: Stage, ada: Customer) -> None:
    id = answer(ada, "Yes")
    report(stage, ada, id, "UNDELIVERED")

    report(stage, ada, id, "DELIVERED")

    assert ada.conversation.waiting_since is None
    assert the(select(Wait)).message_id == ada.messages[-1].id


def test_what_was_asked_since_waits_on_after_a_late_delivery(
    stage: Stage, ada: Customer
) -> None:
    id = answer(ada, "Yes")
    report(stage, ada, id, "FAILED")
    asked = asks(stage, ada, "Hello?")

    report(stage, ada, id, "DELIVERED")

    assert ada.conversation.waiting_since == asked.created_at
