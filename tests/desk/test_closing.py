"""Closing ends an episode and loses nothing; the next text begins another."""

from datetime import timedelta

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.desk import closing, signals, snoozing
from conversations.models import (
    Agent,
    Conversation,
    ConversationTag,
    Episode,
    Tag,
)
from conversations.models.message import EVENT
from conversations.texting import events, waking
from conversations.texting.events import Kind
from tests.desk.conftest import an_agent, with_row
from tests.support.cast import Customer, everything, the, writing
from tests.support.stage import Stage


def close(row: Conversation, by: Agent) -> None:
    assert closing.close(row, by, row.last_message_id or 0) is None


def happened(customer: Customer) -> list[Kind]:
    return [events.happened(m)[0] for m in customer.messages if m.direction == EVENT]


def tag(customer: Customer, name: str) -> None:
    with writing():
        word = Tag(name=name)
        db.session.add(word)
        db.session.flush()
        db.session.add(
            ConversationTag(conversation_id=customer.conversation.id, tag_id=word.id)
        )


def own(customer: Customer, name: str, *, away: bool = False) -> int:
    owner = an_agent(name)
    with writing():
        db.session.get_one(Agent, owner).away_at = utcnow() if away else None
        row = db.session.get_one(Conversation, customer.conversation.id)
        row.assignee_id = owner
    return owner


def test_closing_keeps_the_episode_with_its_owner_and_tags(
    stage: Stage, ada: Customer
) -> None:
    ada.texts("And the other one?")
    stage.read()
    first, last = ada.messages
    tag(ada, "orders")
    owner = own(ada, "Ana Ruiz")

    with_row(ada, close)

    episode = the(select(Episode))
    assert (episode.first_message_id, episode.last_message_id) == (first.id, last.id)
    assert (episode.owner_id, episode.tags) == (owner, "orders")
    assert episode.opened_at == first.created_at
    assert ada.conversation.closed_at == episode.closed_at
    assert happened(ada) == [Kind.CLOSED]


def test_a_new_text_opens_the_next_episode(stage: Stage, ada: Customer) -> None:
    tag(ada, "orders")
    with_row(ada, close)

    ada.texts("One more thing")
    stage.read()

    row = ada.conversation
    text = ada.messages[-2]
    assert (row.closed_at, row.waiting_since) == (None, text.created_at)
    assert happened(ada) == [Kind.CLOSED, Kind.WROTE_AGAIN]
    assert everything(select(ConversationTag.tag_id)) == []
    with_row(ada, close)
    first, second = everything(select(Episode).order_by(Episode.id))
    assert (first.tags, second.tags) == ("orders", "")
    assert second.first_message_id == text.id


def test_opening_it_again_goes_on_with_the_same_episode(ada: Customer) -> None:
    tag(ada, "orders")
    since = ada.conversation.waiting_since
    with_row(ada, close)

    with_row(ada, closing.reopen)

    assert (ada.conversation.closed_at, ada.conversation.waiting_since) == (None, since)
    assert everything(select(Episode.id)) == []
    assert len(everything(select(ConversationTag.tag_id))) == 1
    with_row(ada, close)
    assert the(select(Episode)).first_message_id == ada.messages[0].id


def test_nobody_closes_over_a_text_they_have_not_seen(
    stage: Stage, ada: Customer
) -> None:
    seen = ada.conversation.last_message_id
    ada.texts("Wait, one more thing")
    stage.read()

    assert with_row(ada, closing.close, seen) == signals.MORE_CAME
    assert with_row(ada, snoozing.snooze, seen, None) == signals.MORE_CAME
    assert (ada.conversation.closed_at, ada.conversation.snoozed_at) == (None, None)


def test_closing_twice_is_one_episode(ada: Customer) -> None:
    with_row(ada, close)
    with_row(ada, close)

    assert len(everything(select(Episode.id))) == 1


def test_a_customer_who_opts_out_opens_nothing(stage: Stage, ada: Customer) -> None:
    with_row(ada, close)

    ada.texts("STOP")
    stage.read()

    assert ada.conversation.closed_at


def test_what_comes_back_does_not_land_on_somebody_who_is_away(
    stage: Stage, ada: Customer
) -> None:
    own(ada, "Ana Ruiz", away=True)
    with_row(ada, close)

    ada.texts("One more thing")
    stage.read()

    assert ada.conversation.assignee_id is None
    assert happened(ada)[-1] == Kind.OWNER_AWAY


def test_opening_again_what_an_absent_owner_had_makes_it_nobodys(
    ada: Customer, bob: Customer
) -> None:
    own(ada, "Ana Ruiz", away=True)
    gone = own(bob, "Dan Oak")
    with writing():
        db.session.get_one(Agent, gone).disabled_at = utcnow()
    for customer in (ada, bob):
        with_row(customer, close)
        with_row(customer, closing.reopen)

    assert (ada.conversation.assignee_id, bob.conversation.assignee_id) == (None, None)
    assert happened(ada) == [Kind.CLOSED, Kind.REOPENED, Kind.OWNER_AWAY]
    assert happened(bob)[-1] == Kind.OWNER_GONE


def test_who_opens_their_own_again_keeps_it(ada: Customer) -> None:
    owner = own(ada, "Cleo Park", away=True)
    with_row(ada, close)

    with_row(ada, closing.reopen)

    assert ada.conversation.assignee_id == owner
    assert happened(ada)[-1] == Kind.REOPENED


def test_what_wakes_in_its_time_does_not_land_on_somebody_who_is_away(
    ada: Customer, bob: Customer
) -> None:
    own(ada, "Ana Ruiz", away=True)
    owner = own(bob, "Dan Oak")
    for customer in (ada, bob):
        with_row(customer, snooze, utcnow() + timedelta(hours=1))

    with writing():
        waking.wake_due(utcnow() + timedelta(hours=2))

    assert ada.conversation.assignee_id is None
    assert happened(ada)[1:] == [Kind.TIME_CAME, Kind.OWNER_AWAY]
    assert bob.conversation.assignee_id == owner


def test_what_a_colleague_wakes_does_not_either(ada: Customer) -> None:
    own(ada, "Ana Ruiz", away=True)
    with_row(ada, snooze, None)

    with_row(ada, snoozing.wake)

    assert ada.conversation.assignee_id is None


def test_the_next_text_wakes_whatever_is_snoozed(stage: Stage, ada: Customer) -> None:
    with_row(ada, snooze, utcnow() + timedelta(days=3))
    assert ada.conversation.snoozed_until

    ada.texts("I am early")
    stage.read()

    assert ada.conversation.snoozed_at is None
    assert ada.conversation.snoozed_until is None


def test_its_time_wakes_what_is_snoozed_and_nothing_else(
    ada: Customer, bob: Customer
) -> None:
    with_row(ada, snooze, utcnow() + timedelta(hours=1))
    with_row(bob, snooze, None)

    with writing():
        waking.wake_due(utcnow())
    assert ada.conversation.snoozed_at
    with writing():
        waking.wake_due(utcnow() + timedelta(hours=2))

    assert ada.conversation.snoozed_at is None
    assert happened(ada) == [Kind.SNOOZED_UNTIL, Kind.TIME_CAME]
    assert bob.conversation.snoozed_at


def test_what_is_closed_cannot_be_snoozed(ada: Customer) -> None:
    with_row(ada, snooze, None)
    with_row(ada, close)
    seen = ada.conversation.last_message_id

    assert with_row(ada, snoozing.snooze, seen, None) == signals.IS_CLOSED
    assert ada.conversation.snoozed_at is None


def test_an_agent_wakes_it_too(ada: Customer) -> None:
    with_row(ada, snooze, None)

    with_row(ada, snoozing.wake)

    assert ada.conversation.snoozed_at is None
    assert happened(ada) == [Kind.SNOOZED, Kind.WOKEN]


def snooze(row: Conversation, by: Agent, until: object) -> None:
    assert snoozing.snooze(row, by, row.last_message_id or 0, until) is None
