"""A customer who opts out is not texted again until they opt in."""

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Conversation, Line
from conversations.texting import sending
from conversations.texting.consent import NOT_TEXTABLE, RETIRED, STOPPED, Refusal
from conversations.texting.sending import Draft
from tests.support.cast import Customer, now, the, we_reply, writing
from tests.support.stage import LINE, SHORT_CODE, Stage, until


def attempt(customer: Customer) -> object:
    """What comes of trying to reply."""
    id = customer.conversation.id
    with writing():
        conversation = db.session.get_one(Conversation, id)
        return sending.reply(conversation, Draft(body="Hello", author="Ana"))


@pytest.mark.parametrize("word", ["STOP", "stop.", " Unsubscribe!! ", "opt out"])
def test_after_a_standard_word_every_reply_is_refused(
    stage: Stage, ada: Customer, word: str
) -> None:
    ada.texts(word)
    stage.read()

    assert attempt(ada) == STOPPED
    assert ada.conversation.opted_out
    assert ada.messages[-1].consent == "opted_out"


def test_an_ordinary_sentence_with_stop_in_it_opts_nobody_out(
    stage: Stage, ada: Customer
) -> None:
    ada.texts("We have got to STOP this bill")
    stage.read()

    assert not ada.conversation.opted_out


@pytest.mark.parametrize("word", ["START", "Unstop"])
def test_start_opens_it_again(stage: Stage, ada: Customer, word: str) -> None:
    ada.texts("STOP")
    ada.texts(word)
    stage.read()

    assert not isinstance(attempt(ada), Refusal)
    assert [m.consent for m in ada.messages[:3]] == [None, "opted_out", "opted_in"]


def test_start_from_somebody_who_never_stopped_is_an_ordinary_text(
    stage: Stage, ada: Customer
) -> None:
    ada.texts("START")
    stage.read()

    assert ada.messages[-1].consent is None


def test_opting_out_counts_for_that_line_alone(stage: Stage, ada: Customer) -> None:
    ada.texts("STOP")
    Customer(ada.number, SHORT_CODE, ada.caller).texts("Hello there")
    stage.read()

    lines = select(Conversation.opted_out_at).join(Line)
    assert the(lines.where(Line.address == SHORT_CODE)) is None
    assert the(lines.where(Line.address == LINE)) is not None


def test_a_report_that_says_opt_out_counts_too(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.opted_out())
    reply = we_reply(ada, "Hello")

    stage.work()
    until(lambda: stage.read() or now(reply).status == "failed")

    assert now(reply).consent == "opted_out"
    assert attempt(ada) == STOPPED


def test_a_sender_that_is_only_a_name_cannot_be_answered(
    stage: Stage, ada: Customer
) -> None:
    bank = Customer("MYBANK", LINE, ada.caller)
    bank.texts("Your code is 123456")
    stage.read()

    assert attempt(bank) == NOT_TEXTABLE


def test_nothing_is_sent_from_a_line_that_was_taken_out(
    stage: Stage, kaleyra_calls
) -> None:
    stranger = Customer("+12025550142", "+12025550199", kaleyra_calls)
    stranger.texts("Hello?")
    stage.read()

    assert attempt(stranger) == RETIRED
