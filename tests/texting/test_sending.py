"""Writing a reply: what is stored, what is refused, and that a double click is one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Conversation, Message
from conversations.texting import doubts, sending
from conversations.texting.consent import Refusal
from conversations.texting.sending import Draft
from tests.support.cast import Customer, everything, now, we_reply, writing
from tests.support.stage import Stage


def attempt(customer: Customer, draft: Draft) -> object:
    id = customer.conversation.id
    with writing():
        return sending.reply(db.session.get_one(Conversation, id), draft)


def test_a_reply_is_stored_at_once_and_shown_in_the_inbox(ada: Customer) -> None:
    reply = we_reply(ada, "See you\nat six")

    conversation = ada.conversation
    assert (reply.status, reply.author) == ("queued", "Ana")
    assert conversation.preview == "See you at six"
    assert conversation.last_author == "Ana"
    assert conversation.last_message_id == conversation.last_outbound_id == reply.id


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (Draft(body="", author="Ana"), sending.EMPTY),
        (Draft(body=" \n\t ", author="Ana"), sending.EMPTY),
        (Draft(body="\u200b\u2060 \ufeff\u00ad", author="Ana"), sending.EMPTY),
        (Draft(body="\x00\x07\u2028\u3000", author="Ana"), sending.EMPTY),
        (Draft(body="\u3164\ufe0f\u2800", author="Ana"), sending.EMPTY),
        (Draft(body="x" * 4001, author="Ana"), sending.TOO_LONG),
        (Draft(body="x", author="Ana", ref1="r" * 51), sending.REF_TOO_LONG),
        (Draft(body="x", author="Ana", ref2="r" * 51), sending.REF_TOO_LONG),
    ],
)
def test_what_kaleyra_would_not_take_is_refused_before_it_is_stored(
    ada: Customer, draft: Draft, problem: Refusal
) -> None:
    assert attempt(ada, draft) == problem
    assert len(ada.messages) == 1


def test_4000_characters_are_not_too_many(ada: Customer) -> None:
    assert isinstance(attempt(ada, Draft(body="x" * 4000, author="Ana")), Message)


def test_the_same_key_twice_is_one_message(ada: Customer) -> None:
    first = we_reply(ada, "Hello", key="one press")
    second = we_reply(ada, "Hello", key="one press")

    assert first.id == second.id
    assert len(ada.messages) == 2


def test_the_same_key_at_the_same_time_is_one_message(
    stage: Stage, ada: Customer
) -> None:
    def press(_: int) -> int:
        return we_reply(ada, "Hello", key="one press").id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(press, range(8)))

    assert len(ids) == 1
    assert len(ada.messages) == 2


def test_trying_again_makes_a_new_text_linked_to_the_old(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.refuse())
    failed = we_reply(ada, "Hello")
    stage.work()

    again = retry(failed)
    stage.work()

    assert now(again).retry_of_id == failed.id
    assert now(again).reference != failed.reference
    assert now(failed).status == "failed"
    assert len(kaleyra.requests) == 2


def test_trying_again_twice_is_one_new_text(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.refuse())
    failed = we_reply(ada, "Hello")
    stage.work()

    assert retry(failed).id == retry(failed).id


def test_a_text_that_did_not_fail_cannot_be_tried_again(ada: Customer) -> None:
    waiting = we_reply(ada, "Hello")

    with writing():
        message = db.session.get_one(Message, waiting.id)
        conversation = db.session.get_one(Conversation, message.conversation_id)
        draft = sending.again(message, author="Ana", author_id=None)
        assert sending.retry(message, conversation, draft) == doubts.NOT_RETRYABLE


def retry(failed: Message) -> Message:
    id = failed.id
    with writing():
        message = db.session.get_one(Message, id)
        conversation = db.session.get_one(Conversation, message.conversation_id)
        draft = sending.again(message, author="Ben", author_id=None)
        attempted = sending.retry(message, conversation, draft)
        assert isinstance(attempted, Message)
        new_id = attempted.id
    return now(new_id)


def test_hostile_characters_are_cleaned_before_they_are_stored(ada: Customer) -> None:
    we_reply(ada, "nul \x00 half \ud83d")

    assert (
        everything(select(Message.body).order_by(Message.id))[-1]
        == "nul \ufffd half \ufffd"
    )
