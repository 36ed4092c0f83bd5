"""The practice Kaleyra answers as "Send Your First SMS" says."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
import requests

from conversations.kaleyra.practice import PracticeKaleyra

CUSTOMER = "+12025550142"
LINE = "+12025550100"


@pytest.fixture
def kaleyra() -> Iterator[PracticeKaleyra]:
    with PracticeKaleyra(report_after=0.01) as kaleyra:
        yield kaleyra


def send(kaleyra: PracticeKaleyra, **fields: str) -> requests.Response:
    fields = {"to": CUSTOMER, "sender": LINE, "body": "Hello!", **fields}
    url = f"{kaleyra.url}/v1/PRACTICE/messages"
    return requests.post(url, data=fields, headers={"api-key": "practice"}, timeout=5)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def test_a_text_is_accepted_in_the_documented_words(kaleyra):
    answer = send(kaleyra, source="API", ref="7")

    words = answer.json()
    assert answer.status_code == 202
    assert words["data"] == [
        {"message_id": f"{words['id']}:1", "recipient": CUSTOMER[1:]}
    ]
    assert re.fullmatch(r"[\d-]{10} [\d:]{8}\+00:00", words["createdDateTime"])
    assert list(words) == [
        *("id", "sender", "type", "body", "createdDateTime"),
        *("totalCount", "data", "dlrurl", "error"),
    ]
    assert (words["type"], words["dlrurl"], words["error"]) == ("DEFAULT", None, {})


def test_the_template_is_repeated_in_the_answer(kaleyra):
    assert send(kaleyra, template_id="1207").json()["template_id"] == "1207"


def test_each_recipient_has_an_id_of_its_own(kaleyra):
    words = send(kaleyra, to=f"{CUSTOMER},12025550143").json()

    assert words["totalCount"] == 2
    assert [one["message_id"][-2:] for one in words["data"]] == [":1", ":2"]


def test_the_newer_endpoint_takes_json(kaleyra):
    fields = {"to": [CUSTOMER], "sender": LINE, "body": "Hi", "ref_custom": ["7"]}

    answer = requests.post(
        f"{kaleyra.url}/v1/PRACTICE/sms",
        json=fields,
        headers={"api-key": "practice"},
        timeout=5,
    )

    assert answer.status_code == 202
    assert kaleyra.texts[0].fields["ref_custom"] == '["7"]'


def test_a_query_string_sends_too(kaleyra):
    fields = {"to": CUSTOMER, "sender": LINE, "body": "Hi"}

    answer = requests.get(
        f"{kaleyra.url}/v1/PRACTICE/messages",
        params=fields,
        headers={"api-key": "practice"},
        timeout=5,
    )

    assert answer.status_code == 202


def test_four_thousand_characters_are_the_most(kaleyra):
    longest = send(kaleyra, body="é" * 4000)
    too_long = send(kaleyra, body="é" * 4001)

    assert longest.status_code == 202
    assert too_long.status_code == 400
    assert too_long.json() == {
        "code": "E401",
        "message": "SMS length is exceeding 4000 characters.",
        "error": {"body": "SMS length is exceeding 4000 characters."},
    }


@pytest.mark.parametrize("field", ["ref", "ref1", "ref2"])
def test_fifty_characters_of_our_own_are_the_most(kaleyra, field):
    assert send(kaleyra, **{field: "7" * 50}).status_code == 202
    assert send(kaleyra, **{field: "7" * 51}).json()["error"] == {
        field: f"{field} is exceeding 50 characters."
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to", "12"),
        ("to", "+12025550142,nobody"),
        ("to", ""),
        ("body", " "),
        ("sender", ""),
        ("sender", "+12025550999"),
        ("sender", "KLRHXA"),
        ("ref", "x" * 151),
        ("ref2", "x" * 151),
        ("callback", "{not json"),
        ("callback", '{"method": "POST"}'),
    ],
)
def test_a_bad_parameter_is_named_in_the_refusal(kaleyra, field, value):
    answer = send(kaleyra, **{field: value})

    assert answer.status_code == 400
    assert list(answer.json()["error"]) == [field]
    assert kaleyra.texts == []


@pytest.mark.parametrize(("sid", "key"), [("PRACTICE", "wrong"), ("OTHER", "practice")])
def test_a_wrong_key_or_account_is_refused(kaleyra, sid, key):
    url = f"{kaleyra.url}/v1/{sid}/messages"

    answer = requests.post(url, data={}, headers={"api-key": key}, timeout=5)

    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message"}


def test_every_request_is_remembered_good_or_bad(kaleyra):
    send(kaleyra, ref="7")
    send(kaleyra, to="12")

    first, second = kaleyra.requests
    assert (first.method, first.path) == ("POST", "/v1/PRACTICE/messages")
    assert (first.fields["ref"], first.headers["Api-Key"]) == ("7", "practice")
    assert second.fields["to"] == "12"


def test_the_status_can_be_asked_for(kaleyra):
    send(kaleyra)
    text = kaleyra.texts[0]
    until(lambda: text.final)

    answer = requests.get(
        f"{kaleyra.url}/v1/PRACTICE/messages/status",
        params={"message_ids": f"{text.id},unknown"},
        headers={"api-key": "practice"},
        timeout=5,
    )

    news = {"status": "Delivered", "status_details": "DELIVERED"}
    assert answer.json() == {"data": [{"campaign_id": text.id, **news}], "error": {}}
