"""Callbacks about our texts: which text, what became of it, and in whose words."""

import pytest

from conversations.kaleyra.callbacks import Report, report
from conversations.kaleyra.traces import TRACES
from conversations.kaleyra.vocabulary import STATUSES
from conversations.texting.status import Status

ANA = "+12025550142"
DELIVERED = {
    "id": "5b0c:1",
    "kid": "5b0c",
    "recipient": "12025550142",
    "status": "Delivered",
    "status_trace": "DELIVERED",
    "description": "Message has been delivered",
    "timestamp": "2025-04-17 18:35:20",
}


def without(fields, *names):
    return {name: value for name, value in fields.items() if name not in names}


def test_a_report_says_what_became_of_a_text():
    assert report(DELIVERED) == Report(
        reference="",
        provider_id="5b0c:1",
        recipient=ANA,
        status=Status.DELIVERED,
        raw_status="Delivered",
        trace="DELIVERED",
        description="Message has been delivered",
        provider_time="2025-04-17 18:35:20",
        kid="5b0c",
    )


def test_the_status_api_calls_the_id_a_campaign():
    polled = {
        "campaign_id": "5b0c:1",
        "status": "UnDelivered",
        "status_details": "ABSENT-SUB",
    }

    told = report(polled)

    assert (told.provider_id, told.status) == ("5b0c:1", Status.UNDELIVERED)
    assert (told.trace, told.description) == ("ABSENT-SUB", "")


def test_the_old_platform_gives_our_own_id_back():
    told = report({"msgid": "our-uuid", "status": "AWAITED-DLR"})

    assert (told.reference, told.status) == ("our-uuid", Status.ACCEPTED)


@pytest.mark.parametrize(
    ("ids", "provider_id"),
    [
        ({"id": "5b0c", "message_id": "5b0c:1"}, "5b0c:1"),
        ({"id": "5b0c:1", "message_id": "5b0c"}, "5b0c:1"),
        ({"id": "5b0c", "kid": "77aa"}, "5b0c"),
        ({"kid": "77aa"}, "77aa"),
    ],
)
def test_a_report_is_of_the_message_rather_than_of_its_batch(ids, provider_id):
    assert report({"status": "Sent"} | ids).provider_id == provider_id


@pytest.mark.parametrize("name", ["ref", "reference", "custom", "customid"])
def test_our_own_id_goes_by_many_names(name):
    assert report({"status": "Sent", name: "our-uuid"}).reference == "our-uuid"


def test_our_own_id_in_the_address_is_surest():
    told = report(DELIVERED | {"ref": "other"}, reference_from_url="our-uuid")

    assert told.reference == "our-uuid"


@pytest.mark.parametrize(
    ("said", "status", "trace", "description"),
    [
        ({"status": "NOT-SENT", "trace": "OPT-OUT"}, Status.FAILED, "OPT-OUT", ""),
        (
            {"status": "Sent", "reason": "Is on its way"},
            Status.SENT,
            "",
            "Is on its way",
        ),
        ({"status_trace": "DELIVERED"}, Status.DELIVERED, "DELIVERED", ""),
        ({"description": "Delivered"}, Status.DELIVERED, "Delivered", ""),
        ({"status": "10", "statustrace": "SENT"}, Status.SENT, "SENT", ""),
        ({"status": "Sent", "trace": "DELIVERED"}, Status.SENT, "DELIVERED", ""),
        ({"status": "Lost", "trace": "LOST"}, None, "LOST", ""),
        ({"status": "Lost", "trace": "OPT-OUT"}, None, "OPT-OUT", ""),
        ({"status": "FAILED"}, Status.UNDELIVERED, "", ""),
    ],
)
def test_status_trace_and_description_are_not_confused(
    said, status, trace, description
):
    told = report({"id": "5b0c:1"} | said)

    assert (told.status, told.trace) == (status, trace)
    assert told.description == description


@pytest.mark.parametrize("code", sorted(set(TRACES) - set(STATUSES)))
@pytest.mark.parametrize("name", ["status", "status_trace", "description"])
def test_a_trace_in_place_of_a_status_says_that_the_text_did_not_arrive(name, code):
    told = report({"id": "5b0c:1", name: code})

    assert (told.status, told.trace) == (Status.UNDELIVERED, code)


def test_an_unknown_status_is_kept_in_kaleyras_word():
    assert report(DELIVERED | {"status": "Lost"}).raw_status == "Lost"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "It does not say which of our texts it is about."),
        (without(DELIVERED, "id", "kid"), "It does not say which of our texts"),
        ({"id": "5b0c:1"}, "It does not say what became of the text."),
    ],
)
def test_a_report_that_says_too_little_is_set_aside(fields, reason):
    assert report(fields).reason.startswith(reason)
