"""A text that nobody could confirm: a person may say it was sent, or send it again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations.db import db
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Conversation, Message
from conversations.texting import doubts, sending
from conversations.texting.consent import Refusal
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.stage import Stage


@pytest.fixture
def doubtful(stage: Stage, ada: Customer, kaleyra: PracticeKaleyra) -> Message:
    """Our text to Ada, which a gateway swallowed without an answer."""
    kaleyra.script(faults.bad_gateway())
    reply = we_reply(ada, "Did you get this?")
    stage.work()
    assert now(reply).status == "unconfirmed"
    return now(reply)


def marked(message: Message, who: str = "Ben Okafor") -> Refusal | None:
    id = message.id
    with writing():
        return doubts.mark_as_sent(db.session.get_one(Message, id), who)


def sent_again(message: Message) -> Message | Refusal:
    id = message.id
    with writing():
        old = db.session.get_one(Message, id)
        conversation = db.session.get_one(Conversation, old.conversation_id)
        draft = sending.again(old, author="Ben", author_id=None)
        return sending.retry(old, conversation, draft)


def report(stage: Stage, ada: Customer, message: Message, status: str) -> None:
    query = f"ref={message.reference}"
    assert ada.caller.status({"status": status}, query).status_code == 200
    stage.read()


def test_it_can_be_marked_as_sent_and_says_by_whom(
    ada: Customer, doubtful: Message
) -> None:
    assert marked(doubtful) is None

    settled = now(doubtful)
    assert (settled.status, settled.settled_by) == ("sent", "Ben Okafor")
    assert settled.failure_text is None
    assert not ada.conversation.unconfirmed


def test_marking_it_twice_is_marking_it_once(doubtful: Message) -> None:
    assert marked(doubtful) is None
    assert marked(doubtful) is None


def test_somebody_elses_word_is_said_to_whoever_comes_later(doubtful: Message) -> None:
    marked(doubtful, "Ben Okafor")

    assert marked(doubtful, "Ana Ruiz").sentence.startswith("Ben Okafor has marked")
    assert sent_again(doubtful).sentence.startswith("Ben Okafor has marked")


@pytest.mark.parametrize("status", ["delivered", "undelivered"])
def test_a_later_report_knows_better_than_a_person(
    stage: Stage, ada: Customer, doubtful: Message, status: str
) -> None:
    marked(doubtful)

    report(stage, ada, doubtful, status)

    assert now(doubtful).status == status
    assert now(doubtful).settled_by == "Ben Okafor"


def test_after_a_report_both_offers_are_withdrawn_and_it_is_said_why(
    stage: Stage, ada: Customer, doubtful: Message
) -> None:
    report(stage, ada, doubtful, "delivered")

    for answer in (marked(doubtful), sent_again(doubtful)):
        assert answer.sentence == "Meanwhile a report came: this text was delivered."
    assert len(ada.messages) == 2


def test_what_was_sent_again_is_not_marked_as_sent(doubtful: Message) -> None:
    assert isinstance(sent_again(doubtful), Message)

    assert marked(doubtful) == doubts.ALREADY_RETRIED


def test_two_agents_who_send_again_at_once_send_one_text(
    stage: Stage, ada: Customer, doubtful: Message
) -> None:
    def press(_: int) -> bool:
        return isinstance(sent_again(doubtful), Message)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(press, range(4)))

    assert len(ada.messages) == 3


def test_one_may_send_it_again_or_mark_it_but_not_both_at_once(
    ada: Customer, doubtful: Message
) -> None:
    with ThreadPoolExecutor(2) as pool:
        said, attempt = pool.submit(marked, doubtful), pool.submit(sent_again, doubtful)

    assert (said.result() is None) != isinstance(attempt.result(), Message)


def test_a_text_that_still_waits_cannot_be_marked(ada: Customer) -> None:
    assert marked(we_reply(ada, "Hello")) == doubts.NOT_IN_DOUBT
