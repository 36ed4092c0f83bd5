"""Whatever Kaleyra answers, what is kept of it can be stored."""

import json

import requests

from conversations.kaleyra import verdict
from conversations.kaleyra.answers import Accepted, Refused


def answer(status: int, **said: object) -> object:
    response = requests.Response()
    response.status_code = status
    return verdict.on(response, json.dumps(said).encode())


def test_an_id_that_no_database_can_hold_is_made_one_that_it_can() -> None:
    accepted = answer(202, id="a\x00\ud800" + "中" * 9000, error={})

    assert isinstance(accepted, Accepted)
    assert accepted.provider_id.startswith("a\ufffd\ufffd")
    assert len(accepted.provider_id.encode()) < 2704  # PostgreSQL's limit in an index


def test_a_sentence_that_no_database_can_hold_is_made_one_that_it_can() -> None:
    refused = answer(400, code="E\x00", message="no \ud800")

    assert refused == Refused("E\ufffd", "Kaleyra refused the text: no \ufffd.")
