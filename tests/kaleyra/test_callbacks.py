"""Callbacks with a customer's text: who wrote what to whom, in whatever shape."""

from dataclasses import replace

import pytest

from conversations.kaleyra.callbacks import (
    InboundText,
    Unreadable,
    inbound_text,
    looks_like_inbound,
    looks_like_report,
)

ANA, LINE = "+12025550142", "+12025550100"
OURS = ["56161", LINE, "+442079460018"]

KALEYRA = {
    "source": "12025550142",
    "recipient": "+12025550100",
    "message": "Yes please",
    "id": "90e1",
    "kid": "90e1",
    "timestamp": "2025-04-17 18:35:20",
    "status": "SENT",
    "status_trace": "SENT",
    "description": "Message has been sent",
}
TEXT = InboundText(
    customer=ANA,
    line=LINE,
    body="Yes please",
    provider_id="90e1",
    provider_time="2025-04-17 18:35:20",
    ours_recognised=True,
)
ELOQUA = {
    "message_id": "90e1",
    "sender": "12025550100",
    "number": "12025550142",
    "body": "Yes please",
}
MGAGE = {
    "device_address": "12025550142",
    "inbound_address": "12025550100",
    "message": "Yes please",
    "message_orig": "Yes please ",
    "message_id": "90e1",
    "message_subid": "2",
    "status": "Processing",
    "status_code": "10",
}
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


def test_a_text_comes_from_the_source():
    assert inbound_text(KALEYRA, OURS) == TEXT


def test_a_text_comes_from_whoever_is_not_us():
    swapped = KALEYRA | {"source": "12025550100", "recipient": "12025550142"}

    assert inbound_text(swapped, OURS) == TEXT


def test_the_eloqua_connector_calls_us_the_sender():
    assert inbound_text(ELOQUA, OURS) == replace(TEXT, provider_time="")


def test_the_mgage_gateway_has_names_and_a_second_id_of_its_own():
    text = replace(TEXT, provider_id="90e1:2", provider_time="")

    assert inbound_text(MGAGE, OURS) == text


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("from", "to"), ("msisdn", "shortcode"), ("mobile", "vmn"), ("sender", "to")],
)
def test_the_sides_go_by_many_names(theirs, ours):
    text = inbound_text({theirs: "12025550142", ours: "12025550100"}, OURS)

    assert (text.customer, text.line, text.notes) == (ANA, LINE, ())


@pytest.mark.parametrize("spelling", ["12025550100", "2025550100", "+1 202 555 0100"])
def test_our_number_is_spelt_as_we_spell_it(spelling):
    assert inbound_text(KALEYRA | {"recipient": spelling}, OURS).line == LINE


def test_the_line_that_matches_wholly_goes_first():
    ours = ["+442025550100", LINE, "2025550100"]

    text = inbound_text(KALEYRA | {"recipient": "2025550100"}, ours)

    assert text.line == "2025550100"


def test_a_text_to_an_unknown_line_is_kept_with_a_note():
    text = inbound_text(KALEYRA | {"recipient": "12025550199"}, OURS)

    assert (text.customer, text.line) == (ANA, "+12025550199")
    assert not text.ours_recognised
    assert text.notes == (
        "Neither number is ours; the text is taken to be from 12025550142 "
        "to 12025550199.",
    )


def test_a_text_to_nobody_is_kept_with_a_note():
    text = inbound_text(without(KALEYRA, "recipient"), OURS)

    assert (text.customer, text.line, text.ours_recognised) == (ANA, "unknown", False)
    assert text.notes == ("It does not say to which of our numbers the text came.",)


def test_a_text_between_our_own_lines_is_kept_with_a_note():
    text = inbound_text(KALEYRA | {"source": "56161"}, OURS)

    assert (text.customer, text.line) == ("56161", LINE)
    assert text.ours_recognised
    assert "Both numbers are ours" in text.notes[0]


@pytest.mark.parametrize("customer", ["KLRHXA", "56162", "AD-BANK"])
def test_a_sender_may_be_a_name_or_a_short_code(customer):
    assert inbound_text(KALEYRA | {"source": customer}, OURS).customer == customer


def test_a_national_number_is_read_within_the_region():
    text = inbound_text(KALEYRA | {"source": "2025550142"}, OURS, "US")

    assert text.customer == ANA


@pytest.mark.parametrize(
    "fields",
    [
        {},
        without(KALEYRA, "source"),
        KALEYRA | {"source": "+"},
        KALEYRA | {"source": "12"},
        KALEYRA | {"source": "1" * 16},
        {"source": "12025550100", "message": "Hi"},
    ],
)
def test_a_text_from_nobody_is_set_aside(fields):
    reason = "It does not say which number the text came from."

    assert inbound_text(fields, OURS) == Unreadable(reason)


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ({"message": ""}, ""),
        ({}, ""),
        ({"message": " \n"}, " \n"),
        ({"message": "", "text": "Hi"}, "Hi"),
        ({"message": "Hi", "message_orig": "hi"}, "Hi"),
        ({"parts[10]": "c", "parts[0]": "a", "parts[2]": "b"}, "abc"),
        ({"message": "Hi", "parts[0]": "a"}, "Hi"),
        ({"message": "", "parts[n]": "1"}, ""),
    ],
)
def test_the_text_is_joined_from_parts_only_where_it_is_missing(said, body):
    fields = without(KALEYRA, "message") | said

    assert inbound_text(fields, OURS).body == body


@pytest.mark.parametrize(
    ("ids", "provider_id"),
    [
        ({"id": "a", "kid": "b"}, "a"),
        ({"kid": "b"}, "b"),
        ({"message_id": "c"}, "c"),
        ({"a2w_mo_ref_id": "d"}, "d"),
        ({}, ""),
    ],
)
def test_a_text_is_known_by_the_first_id_it_has(ids, provider_id):
    text = inbound_text(without(KALEYRA, "id", "kid") | ids, OURS)

    assert text.provider_id == provider_id


@pytest.mark.parametrize(
    "fields",
    [
        KALEYRA,
        ELOQUA,
        MGAGE,
        KALEYRA | {"source": "56162"},
        without(KALEYRA, "message") | {"parts[0]": "Hi"},
    ],
)
def test_a_text_at_the_address_for_reports_is_noticed(fields):
    assert looks_like_inbound(fields, OURS)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        DELIVERED,
        DELIVERED | {"source": "API", "message": "What we wrote"},
        DELIVERED | {"source": LINE, "message": "What we wrote"},
        without(DELIVERED, "recipient")
        | {"sender": LINE, "mobile": "12025550142", "message": "What we wrote"},
        KALEYRA | {"message": ""},
        KALEYRA | {"source": "API"},
        KALEYRA | {"source": "12025550100"},
        KALEYRA | {"recipient": "12025550199"},
    ],
)
def test_a_report_at_its_own_address_is_left_alone(fields):
    assert not looks_like_inbound(fields, OURS)


def test_a_report_at_the_address_for_texts_is_noticed():
    assert looks_like_report(DELIVERED)
    assert looks_like_report({"id": "5b0c:1", "status_trace": "SENT"})
    assert looks_like_report(DELIVERED | {"source": "API", "message": "What we wrote"})


@pytest.mark.parametrize(
    "fields",
    [{}, KALEYRA, ELOQUA, MGAGE, KALEYRA | {"message": ""}, {"parts[0]": "Hi"}],
)
def test_a_text_is_no_report_although_it_has_a_status(fields):
    assert not looks_like_report(fields)
