"""Payloads: any shape, proper or broken, becomes names and texts, and none raises."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.kaleyra import names
from conversations.kaleyra.payload import LONGEST_TEXT, RawCallback, fields
from conversations.texting.clean import clean_text

TEXTS = st.text() | st.text('"\\\n\r\t{}[],:= &%+<>ae😀').filter(
    lambda text: text not in names.VARIABLES
)


def post(body, query="", content_type="application/json"):
    body = body.encode() if isinstance(body, str) else body
    return fields(RawCallback("POST", content_type, query, body))


def get(query):
    return fields(RawCallback("GET", "", query, b""))


def test_proper_json_is_read_by_name():
    found = post('{"Source": " 12025550142 ", "MESSAGE": " Hi ", "id": 90}')

    assert found == {"source": "12025550142", "message": " Hi ", "id": "90"}


@pytest.mark.parametrize(
    "body",
    [
        '{"data": {"id": "90e1"}}',
        '[{"id": "90e1"}]',
        '{"data": [{"id": "90e1"}]}',
        '[{"Data": {"ID": "90e1"}, "message": null}]',
        '\ufeff{"id": "90e1"}',
        ' \n{"id": "90e1"}\n',
    ],
)
def test_wrappings_are_taken_off(body):
    assert post(body)["id"] == "90e1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_unicode_encodings_are_recognised(encoding):
    assert post('{"message": "Żółć 😀"}'.encode(encoding)) == {"message": "Żółć 😀"}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("12025550142", "12025550142"),
        ("12025550142.0", "12025550142.0"),
        ("9" * 600, "9" * 500),
        ("true", "true"),
        ('["one"]', "one"),
    ],
)
def test_values_that_are_no_text_are_written_out(value, kept):
    assert post(f'{{"ref": {value}}}') == {"ref": kept}


@pytest.mark.parametrize(
    "value",
    ['""', '" "', "null", '"null"', '"<ref>"', '"<any name>"', "NaN", "[]", "{}"],
)
def test_what_has_no_value_is_left_out(value):
    assert post(f'{{"ref": {value}, "id": "90e1"}}') == {"id": "90e1"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('["Good ", "morning"]', {"parts[0]": "Good ", "parts[1]": "morning"}),
        ('["Hi"]', {"parts[0]": "Hi"}),
        ('"Good morning"', {"parts[0]": "Good morning"}),
        ('["a", null, {}, "d"]', {"parts[0]": "a", "parts[3]": "d"}),
        ("2", {}),
        ('"2"', {}),
        ('"<parts>"', {}),
        ("null", {}),
    ],
)
def test_what_is_plainly_called_parts_is_read_in_order(value, found):
    assert post(f'{{"parts": {value}}}') == found


def test_plain_parts_of_a_broken_body_and_of_a_form_are_read_too():
    broken = '{"parts": "He said "no"", "id": "90e1"}'

    assert post(broken) == {"parts[0]": 'He said "no"', "id": "90e1"}
    assert get("parts=Good+morning") == {"parts[0]": "Good morning"}


@pytest.mark.parametrize("value", ['""', "null", '"<message>"', '"<Message>"', "[]"])
def test_an_empty_text_is_a_text(value):
    assert post(f'{{"message": {value}}}') == {"message": ""}


@pytest.mark.parametrize(
    "text", ["<3", "<b>hi</b>", "<hello>", "null", " ", "<message> me", "< id >"]
)
def test_what_a_customer_may_write_is_kept(text):
    assert post(json.dumps({"message": text})) == {"message": text}


def test_nothing_in_a_text_breaks_the_database():
    found = post(r'{"message": "a\u0000b \ud83d\ude00 \ud83d"}')

    assert found == {"message": "a\ufffdb 😀 \ufffd"}


def test_a_text_has_a_longest_length():
    found = post(json.dumps({"message": "a" * 50_000}))

    assert len(found["message"]) == LONGEST_TEXT


def test_a_form_is_read_whatever_it_calls_itself():
    found = post("source=+12025550142&message=a%2Bb+%C3%A9%20&Id=1&id=2&x=", "", "")

    assert found == {"source": "12025550142", "message": "a+b é ", "id": "1"}


def test_a_query_is_read_as_a_form_is():
    found = get("source=+12025550142&recipient=%2B12025550100&message=%F0%9F%98%80")

    assert found["source"] == "12025550142"
    assert found["recipient"] == "+12025550100"
    assert found["message"] == "😀"


def test_the_query_fills_in_what_the_body_leaves_out():
    body = '{"id": "90e1", "kid": "<kid>", "message": ""}'

    found = post(body, "id=other&kid=90e1&message=Hi&ref=our-uuid")

    assert found == {"id": "90e1", "kid": "90e1", "message": "Hi", "ref": "our-uuid"}


def test_bytes_that_are_no_text_are_replaced():
    assert post(b'{"message": "caf\xe9"}') == {"message": "caf\ufffd"}
    assert get("message=caf%E9") == {"message": "caf\ufffd"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"5",
        b"{",
        b'"',
        b"\x00",
        b"\xff\xfe",
        b"{\x00",
        b"[" * 30_000,
        b'{"a":' * 30_000,
        b"{" + b'"id":,' * 10_000,
        b"}" * 60_000,
        b'{"' + b" " * 60_000,
        b'{"id":' + b"9" * 10_000 + b"}",
        b"%" * 60_000,
        b"&" * 60_000,
    ],
)
def test_poison_is_read_as_next_to_nothing(body):
    assert set(post(body, "ref=our-uuid")) <= {"id", "ref"}


@given(st.binary() | st.text().map(str.encode), TEXTS)
def test_no_request_raises(body, query):
    found = fields(RawCallback("PUT", "text/xml", query, body))

    assert all(clean_text(value) == value for value in found.values())


@given(TEXTS, st.sampled_from(names.TEXT), st.booleans())
def test_any_text_survives_proper_json(text, name, ascii_only):
    said = {"source": "12025550142", name: text, "id": "90e1"}

    found = post(json.dumps(said, ensure_ascii=ascii_only))

    assert found == said | {name: clean_text(text)}


@given(TEXTS)
def test_any_text_survives_a_form_and_a_query(text):
    form = urlencode({"source": "12025550142", "message": text})

    assert post(form)["message"] == get(form)["message"] == clean_text(text)
    assert get(f"message={quote(text)}&id=1")["message"] == clean_text(text)
