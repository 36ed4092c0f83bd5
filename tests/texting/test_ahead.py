"""What waits for a hand has not left: it goes back when it would wait for long."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Message
from tests.support.cast import Caller, Customer, everything, we_reply
from tests.support.stage import LINE, Stage, until

QUICK, SLOW = faults.slow(0.01), faults.slow(2.5)


@pytest.fixture
def patient(stage: Stage, kaleyra: PracticeKaleyra) -> Iterator[Stage]:
    """Four hands that wait for long answers; three in a row stay out."""
    account = replace(stage.config.kaleyra, read_timeout=10)
    patient = Stage(stage.app, replace(stage.config, kaleyra=account))
    yield patient
    patient.sender.finish()


@pytest.fixture
def waiting(kaleyra_calls: Caller, patient: Stage, kaleyra: PracticeKaleyra) -> Stage:
    """Twelve texts; four are answered at once, the next four after a while."""
    customers = [
        Customer(f"+4477009001{n}", LINE, kaleyra_calls) for n in range(10, 22)
    ]
    for customer in customers:
        customer.texts("Hello")
    patient.read()
    for customer in customers:
        we_reply(customer, "Good morning")
    kaleyra.script(*[QUICK] * 4, *[SLOW] * 4)
    return patient


def test_a_text_no_hand_could_take_waits_in_the_queue_again(
    waiting: Stage, kaleyra: PracticeKaleyra
) -> None:
    comes_to(waiting, Counter(accepted=4, sending=6, queued=2))
    comes_to(waiting, Counter(accepted=4, sending=4, queued=4))

    waiting.send()

    assert [text.attempts for text in replies()] == [1] * 12
    assert len(kaleyra.requests) == 12


def test_stopping_ends_the_calls_in_hand_and_begins_no_other(
    waiting: Stage, kaleyra: PracticeKaleyra
) -> None:
    comes_to(waiting, Counter(accepted=4, sending=6, queued=2))
    until(lambda: len(kaleyra.requests) == 8)

    waiting.sender.finish()

    assert len(kaleyra.requests) == 8
    assert Counter(text.attempts for text in replies()) == {1: 8, 0: 4}
    assert standing() == Counter(accepted=8, queued=4)


def comes_to(stage: Stage, wanted: Counter[str]) -> None:
    until(lambda: stage.step(stage.sender.step) and standing() == wanted)


def standing() -> Counter[str]:
    return Counter(text.status for text in replies())


def replies() -> list[Message]:
    ours = select(Message).where(Message.direction == "outbound")
    return everything(ours.order_by(Message.id))
