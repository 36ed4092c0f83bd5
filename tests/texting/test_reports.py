"""Delivery reports move a text forward, whenever and however often they come."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from conversations.db import db
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Callback, Conversation, DeliveryReport, Message
from conversations.texting import reports
from tests.support.cast import Customer, everything, now, the, we_reply, writing
from tests.support.stage import Stage, until

PROVIDER_ID = "5b0c9d1e-0000-4a11-9b7e-2f6d1a000001:1"


@pytest.fixture
def reply(stage: Stage, ada: Customer) -> Message:
    """Our text to Ada, which Kaleyra has accepted."""
    message = we_reply(ada, "Hello")
    with writing():
        statement = update(Message).where(Message.id == message.id)
        batch_id = PROVIDER_ID.partition(":")[0]
        values = {"status": "accepted", "provider_id": PROVIDER_ID}
        db.session.execute(statement.values(batch_id=batch_id, due_at=None, **values))
    return now(message)


def report(ada: Customer, status: str, **said: str) -> None:
    answer = ada.caller.status({"id": PROVIDER_ID, "status": status, **said})
    assert answer.status_code == 200


@pytest.mark.parametrize("spelling", ["Delivered", "DELIVERED", "DELIVRD"])
def test_every_spelling_of_delivered_is_understood(
    stage: Stage, ada: Customer, reply: Message, spelling: str
) -> None:
    report(ada, spelling)
    stage.read()

    assert now(reply).status == "delivered"
    assert now(reply).delivered_at


def at_the_wrong_address(stage: Stage, ada: Customer, **said: str) -> Callback:
    """What came of a report with our own words at the address for customers' texts."""
    ours = {"source": "API", "recipient": "12025550142", "message": "Hello"}
    answer = ada.caller.inbound({**ours, "id": PROVIDER_ID, **said})
    assert answer.status_code == 200
    stage.read()
    return everything(select(Callback).order_by(Callback.id))[-1]


def test_a_report_that_carries_our_text_to_the_wrong_address_is_no_text_to_us(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    read = at_the_wrong_address(stage, ada, status="Delivered")

    assert now(reply).status == "delivered"
    assert (read.outcome, read.message_id) == ("read", reply.id)
    assert the(select(func.count()).select_from(Conversation)) == 1


def test_what_comes_from_a_program_and_says_nothing_of_a_text_is_set_aside(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    read = at_the_wrong_address(stage, ada)

    assert read.outcome == "unreadable"
    assert read.note == "It does not say what became of the text."
    assert the(select(func.count()).select_from(Conversation)) == 1


def opt_out(stage: Stage, ada: Customer) -> None:
    report(ada, "NOT-SENT", status_trace="OPT-OUT")
    stage.read()


def test_an_opt_out_is_heard_even_of_a_text_that_moves_no_more(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    report(ada, "UNDELIVERED")
    opt_out(stage, ada)

    assert now(reply).status == "undelivered"
    assert ada.conversation.opted_out


def test_an_opt_out_in_place_of_a_status_is_one(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    report(ada, "OPT-OUT")
    stage.read()

    assert ada.conversation.opted_out
    assert now(reply).status == "undelivered"
    assert now(reply).failure_code == "OPT-OUT"


def test_an_opt_out_that_comes_again_does_not_undo_what_the_customer_said_since(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    opt_out(stage, ada)
    ada.texts("START")
    stage.read()

    opt_out(stage, ada)

    assert not ada.conversation.opted_out


def test_an_opt_out_of_a_text_from_before_they_opted_in_comes_too_late(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    ada.texts("STOP")
    ada.texts("START")
    stage.read()

    opt_out(stage, ada)

    assert not ada.conversation.opted_out
    assert now(reply).consent is None
    assert now(reply).status == "failed"


def test_an_opt_out_that_comes_again_does_not_move_its_time(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    opt_out(stage, ada)
    since = ada.conversation.opted_out_at

    opt_out(stage, ada)

    assert ada.conversation.opted_out_at == since


@pytest.mark.parametrize(
    "order", list(permutations(["SENT", "DELIVERED", "UNDELIVERED"]))
)
def test_the_order_of_reports_makes_no_difference(
    stage: Stage, ada: Customer, reply: Message, order: tuple[str, ...]
) -> None:
    for status in order:
        report(ada, status)
        report(ada, status)
        stage.read()

    assert now(reply).status == "delivered"
    assert now(reply).failure_text is None
    assert len(everything(select(DeliveryReport))) == 6


def test_not_delivered_comes_with_a_sentence(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    report(ada, "UNDELIVERED", status_trace="ABSENT-SUB")
    stage.read()

    failed = now(reply)
    assert (failed.status, failed.failure_code) == ("undelivered", "ABSENT-SUB")
    assert failed.failure_text.endswith(".")
    assert ada.conversation.failed


def test_a_report_finds_its_text_by_our_reference_alone(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    ada.caller.status({"status": "Delivered"}, query=f"ref={reply.reference}")
    stage.read()

    assert now(reply).status == "delivered"


def test_a_report_may_name_the_batch_instead_of_the_message(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    batch_id = PROVIDER_ID.partition(":")[0]
    ada.caller.status({"campaign_id": batch_id, "status": "Delivered"})
    stage.read()

    assert now(reply).status == "delivered"


def test_a_report_for_an_unknown_text_is_parked_and_shown(
    stage: Stage, ada: Customer
) -> None:
    report(ada, "Delivered")
    stage.read()

    assert the(select(DeliveryReport)).message_id is None
    assert everything(select(Callback.outcome).order_by(Callback.id))[-1] == "parked"


def test_a_parked_report_is_applied_when_its_text_is_known(
    stage: Stage, ada: Customer, request: pytest.FixtureRequest
) -> None:
    report(ada, "Delivered")
    stage.read()

    reply = request.getfixturevalue("reply")
    stage.work()

    assert now(reply).status == "delivered"
    assert the(select(DeliveryReport)).message_id == reply.id


def test_reports_may_come_before_the_answer_to_the_send(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.early())
    reply = we_reply(ada, "Hello")

    stage.work()
    until(lambda: stage.read() or now(reply).status == "delivered")

    assert now(reply).provider_id


@pytest.mark.parametrize("fault", [faults.doubled(), faults.reordered()])
def test_doubled_and_reordered_reports_end_in_delivered(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra, fault: faults.Fault
) -> None:
    kaleyra.script(fault)
    reply = we_reply(ada, "Hello")

    stage.work()
    until(lambda: stage.read() or now(reply).status == "delivered")
    until(lambda: len(kaleyra.callbacks) >= 2)
    stage.read()

    assert now(reply).status == "delivered"


def test_a_status_nobody_knows_changes_nothing_and_is_shown_to_an_admin(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    report(ada, "Flabbergasted")
    stage.read()

    assert now(reply).status == "accepted"
    assert everything(select(Callback.outcome).order_by(Callback.id))[-1] == "odd"


def test_a_report_cannot_change_a_customers_text(stage: Stage, ada: Customer) -> None:
    (text,) = ada.messages
    ada.caller.status({"id": text.provider_id, "status": "Delivered"})
    stage.read()

    assert now(text).status == "received"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), query=st.text("a=&%ÿ1<>", max_size=30))
def test_nothing_a_caller_posts_gives_an_error(
    stage: Stage, ada: Customer, body: bytes, query: str
) -> None:
    for address in ("inbound", "status"):
        answer = ada.caller.post(f"{address}?{query}", data=body)
        assert answer.status_code == 200
    stage.read()

    assert "new" not in everything(select(Callback.outcome))


def test_reports_of_strangers_texts_do_not_hide_the_newest(
    stage: Stage, ada: Customer, reply: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "SWEEP_SIZE", 3)
    for n in range(4):
        ada.caller.status({"id": f"somebody-else-{n}:1", "status": "Delivered"})
    late = {"id": "late:1", "status": "Delivered"}
    ada.caller.status(late)
    stage.read()
    with writing():
        statement = update(Message).where(Message.id == reply.id)
        db.session.execute(statement.values(provider_id=late["id"], batch_id="late"))

    stage.work()

    assert now(reply).status == "delivered"


def test_a_text_that_arrived_was_sent_even_if_nobody_said_so(
    stage: Stage, ada: Customer, reply: Message
) -> None:
    report(ada, "Delivered")
    stage.work()

    assert now(reply).sent_at is not None
