"""Faults of the practice Kaleyra, scripted over HTTP by another program."""

import json
from collections.abc import Iterator

import pytest
import requests

from conversations.kaleyra.practice import PracticeKaleyra


@pytest.fixture
def kaleyra() -> Iterator[PracticeKaleyra]:
    with PracticeKaleyra() as kaleyra:
        yield kaleyra


def send(kaleyra: PracticeKaleyra) -> requests.Response:
    fields = {"to": "+12025550142", "sender": "+12025550100", "body": "Hello!"}
    url = f"{kaleyra.url}/v1/PRACTICE/messages"
    return requests.post(url, data=fields, headers={"api-key": "practice"}, timeout=5)


def test_a_program_scripts_faults_over_http(kaleyra):
    script = f"{kaleyra.url}/practice/script"
    throttle = {"name": "throttle", "value": "3", "times": 2}

    answer = requests.post(script, json=throttle, timeout=5)
    first = send(kaleyra)
    requests.delete(script, timeout=5)

    assert answer.json() == {"waiting": ["throttle", "throttle"]}
    assert first.headers["Retry-After"] == "3"
    assert send(kaleyra).status_code == 202


@pytest.mark.parametrize(
    "wrong",
    [{"name": "nonsense"}, {"name": "hang", "value": "long"}, {"times": "many"}],
    ids=json.dumps,
)
def test_a_fault_nobody_knows_is_refused(kaleyra, wrong):
    answer = requests.post(f"{kaleyra.url}/practice/script", json=wrong, timeout=5)

    assert answer.status_code == 422
