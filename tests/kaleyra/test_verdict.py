"""Whatever Kaleyra answers, what is kept of it can be stored."""

import json

import pytest
import requests

from conversations.kaleyra import verdict
from conversations.kaleyra.answers import Accepted, NotSent, Refused, Unconfirmed


def answer(status: int, **said: object) -> object:
    response = requests.Response()
    response.status_code = status
    return verdict.on(response, json.dumps(said).encode())


def bare(status: int, body: bytes = b"", **headers: str) -> object:
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers)
    return verdict.on(response, body)


@pytest.mark.parametrize("body", [b"", b"<html>Too many requests</html>", b"[]"])
def test_whoever_says_429_has_not_taken_the_text(body: bytes) -> None:
    slow_down = NotSent("429", "Kaleyra asked us to slow down (429).")

    assert bare(429, body) == slow_down


def test_a_503_counts_as_not_sent_only_in_kaleyras_words_or_with_a_time() -> None:
    assert isinstance(bare(503, b"<html>Service unavailable</html>"), Unconfirmed)
    assert isinstance(bare(503, b'{"code": "503"}'), NotSent)
    assert isinstance(bare(503, **{"Retry-After": "3"}), NotSent)


def test_an_id_that_no_database_can_hold_is_made_one_that_it_can() -> None:
    accepted = answer(202, id="a\x00\ud800" + "中" * 9000, error={})

    assert isinstance(accepted, Accepted)
    assert accepted.provider_id.startswith("a\ufffd\ufffd")
    assert len(accepted.provider_id.encode()) < 2704  # PostgreSQL's limit in an index


def test_a_sentence_that_no_database_can_hold_is_made_one_that_it_can() -> None:
    refused = answer(400, code="E\x00", message="no \ud800")

    assert refused == Refused("E\ufffd", "Kaleyra refused the text: no \ufffd.")


NOTHING_WRONG = [None, "", " ", {}, [], False, 0, {"to": []}, {"a": {"b": [None, ""]}}]


@pytest.mark.parametrize("error", NOTHING_WRONG, ids=json.dumps)
def test_an_error_that_says_nothing_is_none(error: object) -> None:
    assert answer(202, id="a", error=error) == Accepted("a", "a")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"to": ["Invalid number"]}, ": Invalid number."),
        (["No credit."], ": No credit."),
        ({"body": {"reason": {"text": "Too long"}}}, ": Too long."),
        (["No", [{"a": "way"}]], ": No way."),
        ("Stop!", ": Stop!"),
        (7, ": 7."),
        (True, " (HTTP 202) without saying why."),
    ],
)
def test_an_error_is_found_wherever_it_stands(error: object, words: str) -> None:
    refused = answer(202, id="a", error=error)

    assert refused == Refused("refused", f"Kaleyra refused the text{words}")


def test_an_error_nested_without_end_is_one_without_words() -> None:
    nested: object = "no"
    for _ in range(500):
        nested = [nested]

    assert isinstance(answer(202, id="a", error=nested), Refused)


def test_an_id_that_is_no_text_names_nothing() -> None:
    assert isinstance(answer(202, id=False, error={}), Unconfirmed)
