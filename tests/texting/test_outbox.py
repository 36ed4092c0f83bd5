"""What waits in the outbox reaches Kaleyra once, in order, or says why not."""

import json
from datetime import timedelta

import pytest

from conversations.db import utcnow
from conversations.kaleyra.practice import Fault, PracticeKaleyra, faults
from conversations.texting import outbox
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.stage import LINE, Stage, until


def test_a_reply_leaves_with_our_number_as_sender(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    reply = we_reply(ada, "See you at six", ref1="order 7", template_id="120012001200")

    stage.work()

    (request,) = kaleyra.requests
    sent = request.fields
    assert now(reply).status in ("accepted", "sent", "delivered")
    assert (sent["sender"], sent["to"]) == (LINE, ada.number)
    assert (sent["body"], sent["source"]) == ("See you at six", "API")
    assert (sent["ref"], sent["ref1"]) == (reply.reference, "order 7")
    assert sent["template_id"] == "120012001200"
    assert "unicode" not in sent
    assert reply.reference in json.loads(sent["callback"])["url"]


def test_text_outside_gsm_is_sent_as_unicode(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    we_reply(ada, "À bientôt 😊 & 50% + €?")

    stage.work()

    (request,) = kaleyra.requests
    assert request.fields["body"] == "À bientôt 😊 & 50% + €?"
    assert request.fields["unicode"] == "1"


def test_reports_carry_it_to_delivered(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    reply = we_reply(ada, "Hello")

    stage.work()
    until(lambda: stage.read() or now(reply).status == "delivered")

    delivered = now(reply)
    assert delivered.provider_id
    assert delivered.sent_at <= delivered.delivered_at


def test_texts_of_one_conversation_go_one_at_a_time_and_in_order(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    bodies = [f"{n}" for n in range(6)]
    for body in bodies:
        we_reply(ada, body)
    kaleyra.script(faults.slow(0.2))

    stage.work()

    assert [request.fields["body"] for request in kaleyra.requests] == bodies


def test_a_text_that_waits_to_be_tried_again_holds_back_the_next(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.throttle(60))
    first, second = we_reply(ada, "first"), we_reply(ada, "second")

    stage.work()

    assert len(kaleyra.requests) == 1
    assert (now(first).status, now(second).status) == ("queued", "queued")
    assert now(first).due_at - utcnow() > timedelta(seconds=50)


@pytest.mark.parametrize(
    "fault",
    [
        faults.hang(3),
        faults.cut(),
        faults.bad_gateway(),
        faults.gateway_timeout(accepted=True),
        faults.error_500(),
        faults.html_200(),
        faults.no_id(),
        faults.hang_after_accepting(3),
    ],
    ids=lambda fault: fault.name,
)
def test_when_nobody_knows_whether_it_left_it_is_unconfirmed_and_never_repeated(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra, fault: Fault
) -> None:
    kaleyra.script(fault)
    reply = we_reply(ada, "Did you get this?")

    stage.work()
    stage.work()

    assert now(reply).status in ("unconfirmed", "sent", "delivered")
    assert len(kaleyra.requests) == 1


def test_an_unconfirmed_text_says_so_in_words(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.bad_gateway())
    reply = we_reply(ada, "Did you get this?")

    stage.work()

    assert now(reply).status == "unconfirmed"
    assert "502" in now(reply).failure_text
    assert ada.conversation.unconfirmed


def test_a_report_settles_what_was_unconfirmed(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.hang_after_accepting(3))
    reply = we_reply(ada, "Did you get this?")

    stage.work()
    until(lambda: stage.read() or now(reply).status == "delivered")

    assert now(reply).failure_text is None
    assert not ada.conversation.unconfirmed


def test_a_refusal_fails_with_kaleyras_words(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.refuse())
    reply = we_reply(ada, "Hello")

    stage.work()

    assert now(reply).status == "failed"
    assert now(reply).failure_text.startswith("Kaleyra refused the text: ")
    assert ada.conversation.failed


def test_an_error_inside_a_success_is_a_refusal(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.error_in_2xx())
    reply = we_reply(ada, "Hello")

    stage.work()

    assert now(reply).status == "failed"


def test_a_redirect_is_not_followed(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.redirect())
    we_reply(ada, "Hello")

    stage.work()

    assert [request.method for request in kaleyra.requests] == ["POST"]


def test_an_answer_that_drips_or_never_ends_is_cut_off(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.drip())
    reply = we_reply(ada, "Hello")

    stage.work()

    assert now(reply).status == "unconfirmed"


def test_a_huge_answer_is_not_read_to_the_end(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.huge())
    reply = we_reply(ada, "Hello")

    stage.work()

    assert now(reply).status in ("unconfirmed", "delivered")


def test_a_worker_that_died_leaves_its_text_unconfirmed_and_does_not_repeat_it(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    reply = we_reply(ada, "Hello")
    with writing():
        outbox.claim("a worker that dies", 1, timedelta(seconds=-1))

    stage.work()
    stage.work()

    assert now(reply).status == "unconfirmed"
    assert not kaleyra.requests


def test_two_workers_never_claim_the_same_text(stage: Stage, ada: Customer) -> None:
    we_reply(ada, "Hello")
    lease = timedelta(seconds=60)

    with writing():
        first = outbox.claim("one", 10, lease)
    with writing():
        second = outbox.claim("two", 10, lease)

    assert (len(first), len(second)) == (1, 0)


def test_a_customer_who_stops_is_not_sent_what_still_waits(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    reply = we_reply(ada, "Hello")
    ada.texts("STOP")

    stage.work()

    assert now(reply).status == "failed"
    assert "opted out" in now(reply).failure_text
    assert not kaleyra.requests
