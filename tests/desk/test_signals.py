"""Unread is mine, needing a reply is the team's, a follow-up is a promise."""

from datetime import timedelta

from conversations.db import utcnow
from conversations.desk import read_marks, signals
from conversations.models import Agent, Conversation
from conversations.texting.sending import PROGRAMS
from tests.desk.conftest import an_agent, with_row
from tests.support.cast import Customer, we_reply
from tests.support.stage import Stage


def reply_as_a_person(customer: Customer, body: str) -> None:
    we_reply(customer, body, author_id=an_agent())


def no_reply_needed(row: Conversation, by: Agent) -> object:
    return signals.no_reply_needed(row, by, row.last_message_id or 0)


def read_all(row: Conversation, by: Agent) -> None:
    read_marks.read_up_to(by, row, row.last_message_id or 0)


def test_the_first_unanswered_text_starts_the_wait(ada: Customer) -> None:
    (first,) = ada.messages

    assert ada.conversation.waiting_since == first.created_at


def test_a_second_text_does_not_move_the_wait(stage: Stage, ada: Customer) -> None:
    since = ada.conversation.waiting_since
    ada.texts("Hello?")
    ada.texts("Anybody?")
    stage.read()

    assert ada.conversation.waiting_since == since


def test_of_texts_that_come_together_the_first_starts_it(
    stage: Stage, ada: Customer
) -> None:
    reply_as_a_person(ada, "Yes")
    ada.texts("Good")
    ada.texts("Until when?")
    stage.read()

    assert ada.conversation.waiting_since == ada.messages[-2].created_at


def test_a_persons_reply_ends_the_wait(stage: Stage, ada: Customer) -> None:
    reply_as_a_person(ada, "Yes")
    assert ada.conversation.waiting_since is None

    ada.texts("Until when?")
    stage.read()

    assert ada.conversation.waiting_since == ada.messages[-1].created_at


def test_what_a_program_sends_is_no_answer(ada: Customer) -> None:
    since = ada.conversation.waiting_since

    we_reply(ada, "We have got your text.", priority=PROGRAMS)

    assert ada.conversation.waiting_since == since


def test_neither_stop_nor_a_text_received_twice_asks_for_an_answer(
    stage: Stage, ada: Customer
) -> None:
    with_row(ada, no_reply_needed)

    ada.texts("Hi, is my order ready?")
    ada.texts("STOP")
    ada.texts("Stop!")
    stage.read()

    assert ada.conversation.opted_out
    assert ada.conversation.waiting_since is None


def test_reading_and_promising_answer_nobody(stage: Stage, ada: Customer) -> None:
    reply_as_a_person(ada, "Yes")
    ada.texts("Until when?")
    stage.read()
    since = ada.conversation.waiting_since
    with_row(ada, read_all)
    with_row(ada, signals.follow_up, utcnow() + timedelta(days=1), "Call back")

    assert ada.conversation.waiting_since == since
    assert ada.conversation.follow_up_note == "Call back"


def test_nobody_says_no_reply_needed_of_a_text_they_have_not_seen(
    stage: Stage, ada: Customer
) -> None:
    seen = ada.conversation.last_message_id
    ada.texts("And can you deliver?")
    stage.read()

    refusal = with_row(ada, signals.no_reply_needed, seen)

    assert refusal == signals.MORE_CAME
    assert ada.conversation.waiting_since is not None


def test_it_may_need_a_reply_after_all(ada: Customer) -> None:
    with_row(ada, no_reply_needed)
    assert ada.conversation.waiting_since is None

    with_row(ada, signals.needs_reply)

    assert ada.conversation.waiting_since == ada.messages[0].created_at


def test_a_promise_is_kept_or_forgotten(ada: Customer) -> None:
    with_row(ada, signals.follow_up, utcnow(), "")
    assert ada.conversation.follow_up_at

    with_row(ada, signals.followed_up)

    assert ada.conversation.follow_up_at is None
