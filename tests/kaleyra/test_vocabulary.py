"""Kaleyra's words: four spellings, one meaning, and a sentence an agent understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.kaleyra.traces import TRACES
from conversations.kaleyra.vocabulary import (
    NO_REASON,
    STATUSES,
    explain,
    read_status,
    trace_said,
)
from conversations.texting.status import Status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("AWAITED-DLR", Status.ACCEPTED),
        ("SUBMITTED", Status.ACCEPTED),
        ("Enroute", Status.ACCEPTED),
        ("Sent", Status.SENT),
        ("SENT", Status.SENT),
        ("SENT - NO DLR", Status.SENT),
        ("NO-DLR-OPTR", Status.SENT),
        ("Delivered", Status.DELIVERED),
        ("DELIVERED", Status.DELIVERED),
        ("DELIVRD", Status.DELIVERED),
        ("Undelivered", Status.UNDELIVERED),
        ("UnDelivered", Status.UNDELIVERED),
        ("UNDELIV", Status.UNDELIVERED),
        ("Failed", Status.UNDELIVERED),
        ("EXPIRED", Status.UNDELIVERED),
        ("Rejected", Status.UNDELIVERED),
        ("NOT-SENT", Status.FAILED),
        ("NotSent", Status.FAILED),
        ("not sent", Status.FAILED),
        ("NOT_SENT", Status.FAILED),
    ],
)
def test_a_status_may_be_spelt_in_many_ways(word, status):
    assert read_status(word) is status


@pytest.mark.parametrize("word", ["", "10", "Processing", "Delivered soon", "?"])
def test_an_unknown_status_settles_nothing(word):
    assert read_status(word) is None


@pytest.mark.parametrize("trace", ["OPT-OUT", "OPTOUT", "OUTPUT-REJ", "optout_rej"])
def test_an_opt_out_with_the_provider_is_recognised(trace):
    assert explain(trace).opted_out


def test_only_an_opt_out_is_one():
    out = {code for code, trace in TRACES.items() if trace.opted_out}

    assert out == {"OPTOUT", "OPTOUTREJ", "OUTPUTREJ"}


@pytest.mark.parametrize(
    "trace",
    ["NO-CREDITS", "NOT-ALLOWED", "KYC-NOT-APPROVED", "SNDRID-NOT-ALLOTED"],
)
def test_what_only_an_admin_can_mend_says_so(trace):
    assert explain(trace).configuration
    assert "admin" in explain(trace).next_step


@pytest.mark.parametrize("trace", ["INV-NUMBER", "BARRED", "SERIES-BLK", "MAX-LENGTH"])
def test_what_would_fail_again_is_permanent(trace):
    assert explain(trace).permanent


@pytest.mark.parametrize("trace", ["ABSENT-SUB", "MOB-OFF", "MEMEXEC", "EXPIRED"])
def test_what_may_pass_can_be_sent_again(trace):
    assert not explain(trace).permanent
    assert explain(trace).next_step == "Wait a while, then send it again."


@pytest.mark.parametrize("spelling", ["DND-NUMB", "DNDNUMB", "dnd numb", "Dnd_Numb"])
def test_hyphens_come_and_go_in_traces(spelling):
    assert explain(spelling) == TRACES["DNDNUMB"]


def test_an_unknown_trace_is_explained_in_kaleyras_words():
    assert (
        explain("XYZ-42", " Route\n closed ").sentence == "Kaleyra says: Route closed"
    )


def test_a_trace_may_come_as_the_description():
    assert explain("", "ABSENT-SUB") == TRACES["ABSENTSUB"]


def test_without_any_reason_that_is_what_it_says():
    assert explain("", "") == explain("XYZ-42") == NO_REASON


@pytest.mark.parametrize("trace", [*TRACES.values(), NO_REASON])
def test_a_kept_sentence_tells_its_trace(trace):
    assert trace_said(trace.sentence) == trace


def test_a_sentence_of_another_origin_tells_none():
    assert trace_said("Kaleyra refused the text: no.") is None
    assert trace_said(None) is None


@pytest.mark.parametrize("trace", [*TRACES.values(), NO_REASON])
def test_every_explanation_is_two_sentences(trace):
    for sentence in (trace.sentence, trace.next_step):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_codes_are_written_as_they_are_compared():
    assert all(code.isalpha() and code.isupper() for code in (*TRACES, *STATUSES))


@given(st.text(), st.text())
def test_any_words_are_explained(trace, description):
    assert explain(trace, description).sentence
