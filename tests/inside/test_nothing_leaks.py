"""No text, number, token or query in a log line or error page, whatever goes wrong."""

import logging
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.worker.loop import Loop
from tests.inside.conftest import Log
from tests.support.breaking import refusing_messages, without_table
from tests.support.cast import Caller, Customer, we_reply
from tests.support.pages import Browser
from tests.support.stage import HOOK_TOKEN, LINE, Stage
from tests.web.conftest import signed_in

# Put together here, because a traceback shows lines of code as they stand.
WORDS = "".join(["Zanzi", "bar pickle"])
NUMBER = "".join(["2025", "550187"])
WRONG = "".join(["wrong-", "token-xyz"])
SENTINELS = (WORDS, NUMBER, WRONG, HOOK_TOKEN)


@pytest.fixture
def zoe(stage: Stage, kaleyra_calls: Caller) -> Customer:
    """A customer whose words and number must not be seen anywhere."""
    customer = Customer(f"+1{NUMBER}", LINE, kaleyra_calls)
    customer.texts(WORDS)
    stage.read()
    return customer


@pytest.fixture
def ana(live_app: Flask) -> Browser:
    return signed_in(live_app, "Ana Ruiz", "admin")


@pytest.fixture(autouse=True)
def quiet(log: Log, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """After each test: something may have been logged, and nothing it should not."""
    yield
    printed = capfd.readouterr()
    for sentinel in SENTINELS:
        assert sentinel not in log.text
        assert sentinel not in printed.out + printed.err


def reply(ana: Browser, customer: Customer, *, expect: int) -> str:
    page = ana.get(f"/conversations/{customer.conversation.id}")
    form = page.select_one("form[action$='/replies']")["action"]
    fields = {field["name"]: field.get("value") for field in page.select("form input")}
    answer = ana.client.post(form, data={**fields, "body": WORDS})
    assert answer.status_code == expect, answer.text
    return answer.text


def step(stage: Stage, job: object) -> None:
    """One step as the background work takes it: it survives, and logs what happened."""
    Loop(stage.app, job, threading.Event()).take_step()


def test_in_texts_and_replies_that_go_well(
    stage: Stage, zoe: Customer, kaleyra: PracticeKaleyra
) -> None:
    we_reply(zoe, WORDS)

    stage.work()


@pytest.mark.parametrize(
    "fault", [faults.cut(), faults.error_500(), faults.hang(), faults.unauthorised()]
)
def test_in_calls_to_kaleyra_that_go_wrong(
    stage: Stage, zoe: Customer, kaleyra: PracticeKaleyra, fault: object
) -> None:
    kaleyra.script(fault)
    we_reply(zoe, WORDS)

    stage.work()


def test_in_a_reply_that_the_database_refuses(
    ana: Browser, zoe: Customer, log: Log
) -> None:
    with refusing_messages():
        page = reply(ana, zoe, expect=500)

    assert WORDS not in page
    assert NUMBER not in page
    assert any("IntegrityError" in line.get("error", "") for line in log.lines)


def test_in_a_callback_that_cannot_be_stored(
    stage: Stage, zoe: Customer, log: Log
) -> None:
    with refusing_messages():
        zoe.texts(WORDS)
        step(stage, stage.reader)

    assert any("error" in line for line in log.of("reader"))


def test_in_background_work_without_its_tables(
    stage: Stage, zoe: Customer, log: Log
) -> None:
    we_reply(zoe, WORDS)
    zoe.texts(WORDS)
    with without_table("message"):
        step(stage, stage.reader)
        step(stage, stage.sender)

    assert any("error" in line for line in log.of("loop"))


def test_in_a_callback_when_the_journal_is_gone(zoe: Customer, log: Log) -> None:
    with without_table("callback"):
        answer = zoe.texts(WORDS)

    assert answer.status_code == 503
    assert [line["level"] for line in log.of("keeper")] == ["error"]
    assert "GET" not in log.of("visits")[0]["event"]


@pytest.mark.parametrize("address", ["inbound", "status"])
def test_in_callbacks_with_a_wrong_secret_or_none(
    client: FlaskClient, log: Log, address: str
) -> None:
    said = {"source": NUMBER, "message": WORDS, "token": WRONG}
    answers = [
        client.get(f"/hooks/kaleyra/{address}", query_string=said),
        client.post(f"/hooks/kaleyra/{address}", json=said),
        client.post(f"/hooks/kaleyra/{address}", auth=(NUMBER, WRONG), data=WORDS),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert not any(s in answer.text for answer in answers for s in SENTINELS)


def test_in_callbacks_that_make_no_sense(
    stage: Stage, kaleyra_calls: Caller, log: Log
) -> None:
    for body in (f"{NUMBER} {WORDS}", f'{{"message": "{WORDS}', "[" * 5_000 + WORDS):
        kaleyra_calls.post("inbound", data=body.encode())
        kaleyra_calls.post("status", data=body.encode())
    kaleyra_calls.client.get(
        f"/hooks/kaleyra/inbound?token={HOOK_TOKEN}&message={WORDS}&source={NUMBER}"
    )

    stage.read()


def test_in_pages_asked_for_in_odd_ways(ana: Browser, zoe: Customer) -> None:
    for path in (f"/{NUMBER}", f"/conversations/{NUMBER}", f"/conversations?q={WORDS}"):
        ana.client.get(path)
        with without_table("conversation"):
            answer = ana.client.get(path)
        assert WORDS not in answer.text


def test_in_the_api_when_the_database_is_gone(
    live_app: Flask, client: FlaskClient, log: Log
) -> None:
    with without_table("api_token"):
        answer = client.post(
            "/api/v1/messages",
            json={"to": NUMBER, "body": WORDS},
            headers={"Authorization": f"Bearer {WRONG}"},
        )

    assert answer.status_code in (500, 503)
    assert not any(sentinel in answer.text for sentinel in SENTINELS)
    assert log.of("visits")


def test_the_log_under_test_does_hear(log: Log) -> None:
    logging.getLogger("conversations.tests").debug("heard")

    assert "heard" in log.text
