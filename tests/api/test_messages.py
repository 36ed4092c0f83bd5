"""Other programs send texts and ask after them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from conversations.db import db
from conversations.desk import tokens
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.models import Message
from conversations.texting import sending
from tests.support.cast import Customer, everything, writing
from tests.support.stage import LINE, SHORT_CODE, Stage, until

CONTRACT = {
    "id", "conversation_id", "direction", "body", "status", "customer", "line",
    "segments", "encoding", "author", "created_at", "sent_at", "delivered_at",
    "provider_id", "failure",
}  # fmt: skip


@pytest.fixture
def program(client: FlaskClient) -> FlaskClient:
    """A program with a token of its own."""
    with writing():
        token = tokens.create("the shop")
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def text(**given: object) -> dict[str, object]:
    return {"to": "+12025550142", "from": LINE, "body": "Hello"} | given


def test_a_text_is_taken_and_described(program: FlaskClient) -> None:
    answer = program.post("/api/v1/messages", json=text(ref1="order 7"))

    message = answer.json
    assert answer.status_code == 202
    assert set(message) >= CONTRACT
    assert (message["status"], message["direction"]) == ("queued", "outbound")
    assert (message["customer"], message["line"]) == ("+12025550142", LINE)
    assert (message["segments"], message["encoding"]) == (1, "gsm7")
    assert message["author"] == "the shop"
    assert message["created_at"].endswith("Z")
    assert message["failure"] is None
    assert program.get(answer.headers["Location"]).json == message


def test_a_text_can_be_followed_to_its_delivery(
    stage: Stage, program: FlaskClient, kaleyra: PracticeKaleyra
) -> None:
    id = program.post("/api/v1/messages", json=text()).json["id"]

    stage.work()
    until(lambda: stage.read() or show(program, id)["status"] == "delivered")

    assert show(program, id)["provider_id"] == kaleyra.texts[0].id


def show(program: FlaskClient, id: int) -> dict[str, object]:
    return program.get(f"/api/v1/messages/{id}").json


def test_the_same_idempotency_key_gives_the_same_message(program: FlaskClient) -> None:
    key = {"Idempotency-Key": "order 7"}

    first = program.post("/api/v1/messages", json=text(), headers=key)
    second = program.post("/api/v1/messages", json=text(), headers=key)

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json == second.json
    assert len(everything(select(Message))) == 1


def test_a_key_cannot_send_another_text(program: FlaskClient) -> None:
    key = {"Idempotency-Key": "order 7"}
    program.post("/api/v1/messages", json=text(), headers=key)

    answer = program.post("/api/v1/messages", json=text(body="Other"), headers=key)

    assert (answer.status_code, answer.json["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (text(body=""), "empty"),
        (text(body="x" * 4001), "too_long"),
        (text(to="nobody"), "invalid_number"),
        (text(**{"from": "+12025550199"}), "unknown_line"),
        (text(ref1="x" * 51), "ref_too_long"),
        (text(body=5), "not_text"),
        (text(extra="x"), "unknown_field"),
        ({"to": "+12025550142"}, "missing_field"),
        ({"to": "+12025550142", "body": "Hi"}, "missing_field"),
    ],
)
def test_bad_input_gets_a_clear_problem(
    program: FlaskClient, given: dict[str, object], code: str
) -> None:
    answer = program.post("/api/v1/messages", json=given)

    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"].endswith(".")
    assert not everything(select(Message))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 50_000, b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(program: FlaskClient, body: bytes) -> None:
    answer = program.post(
        "/api/v1/messages", data=body, content_type="application/json"
    )

    assert (answer.status_code, answer.json["code"]) == (400, "not_json")


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic eDp5", "Bearer"])
def test_without_a_good_token_nothing_is_told(client: FlaskClient, header: str) -> None:
    headers = {"Authorization": header} if header else {}

    for answer in (
        client.post("/api/v1/messages", json=text(), headers=headers),
        client.get("/api/v1/messages/1", headers=headers),
        client.get("/api/v1/conversations", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"


def test_an_opted_out_customer_is_refused_here_too(
    stage: Stage, ada: Customer, program: FlaskClient
) -> None:
    ada.texts("STOP")
    stage.read()

    answer = program.post("/api/v1/messages", json=text(to=ada.number))

    assert (answer.status_code, answer.json["code"]) == (422, "opted_out")


def test_a_short_code_is_a_line_too(program: FlaskClient) -> None:
    answer = program.post("/api/v1/messages", json=text(**{"from": SHORT_CODE}))

    assert answer.json["line"] == SHORT_CODE


@pytest.mark.parametrize("path", ["messages/999", "conversations/9/messages", "what"])
def test_what_is_not_there_is_a_problem_too(program: FlaskClient, path: str) -> None:
    answer = program.get(f"/api/v1/{path}")

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("other", [{"to": "+12025550143"}, {"from": SHORT_CODE}])
def test_a_key_that_comes_with_another_recipient_is_a_mistake(
    program: FlaskClient, other: dict[str, str]
) -> None:
    key = {"Idempotency-Key": "7"}
    program.post("/api/v1/messages", json=text(), headers=key)

    answer = program.post("/api/v1/messages", json=text(**other), headers=key)

    assert (answer.status_code, answer.json["code"]) == (422, "key_reused")
    assert len(everything(select(Message))) == 1


def test_of_two_texts_with_one_key_at_once_one_is_sent_and_one_is_told(
    stage: Stage, program: FlaskClient
) -> None:
    environ = program.environ_base | {"HTTP_IDEMPOTENCY_KEY": "at once"}

    def post(body: str) -> str:
        client = stage.app.test_client()
        answer = client.post(
            "/api/v1/messages", json=text(body=body), environ_base=environ
        )
        return str(answer.json.get("body", answer.json.get("code")))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(post, "aabbccdd"))

    (message,) = everything(select(Message))
    assert sorted(set(told)) == sorted({message.body, "key_reused"})
    assert told.count(message.body) == 2


@pytest.mark.parametrize("name", ["body", "ref1", "ref2", "template_id"])
def test_what_no_database_can_hold_is_replaced(program: FlaskClient, name: str) -> None:
    key = {"Idempotency-Key": "odd"}
    given = text(**{name: "a\x00\ud800b"})

    once, again = (
        program.post("/api/v1/messages", json=given, headers=key) for _ in range(2)
    )

    assert (once.status_code, again.status_code) == (202, 202)
    assert getattr(everything(select(Message))[0], name) == "a\ufffd\ufffdb"
    assert once.json["id"] == again.json["id"]


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v1/messages/{2**63}",
        f"/api/v1/conversations/{2**63}/messages",
        "/api/v1/conversations?customer=%00&line=%00",
        "/api/v1/conversations?customer=%ED%A0%80",
    ],
)
def test_no_address_is_too_odd_to_answer(program: FlaskClient, address: str) -> None:
    assert program.get(address).status_code in (200, 404)


def test_a_body_may_be_large_but_not_endless(program: FlaskClient) -> None:
    answer = program.post("/api/v1/messages", json=text(body="x" * 70_000))

    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


def test_a_text_may_say_how_long_it_is_worth_sending(program: FlaskClient) -> None:
    usual = program.post("/api/v1/messages", json=text()).json
    short = program.post("/api/v1/messages", json=text(expires_in=90)).json

    assert seconds_to_wait(usual) == pytest.approx(3600, abs=1)
    assert seconds_to_wait(short) == pytest.approx(90, abs=1)


def seconds_to_wait(message: dict[str, str]) -> float:
    begins, ends = (
        datetime.fromisoformat(message[name]) for name in ("created_at", "expires_at")
    )
    return (ends - begins).total_seconds()


@pytest.mark.parametrize("seconds", [59, 86_401, -1, "90", 90.5, True, [90]])
def test_another_time_to_wait_is_refused(program: FlaskClient, seconds: object) -> None:
    answer = program.post("/api/v1/messages", json=text(expires_in=seconds))

    assert (answer.status_code, answer.json["code"]) == (422, "bad_expiry")
    assert not everything(select(Message))


def test_what_programs_send_goes_after_what_people_write(program: FlaskClient) -> None:
    program.post("/api/v1/messages", json=text())

    assert everything(select(Message.priority)) == [sending.PROGRAMS]


def test_a_program_is_told_that_no_report_came_and_who_settled_it(
    program: FlaskClient,
) -> None:
    id = program.post("/api/v1/messages", json=text()).json["id"]
    assert (show(program, id)["no_report"], show(program, id)["settled_by"]) == (
        False,
        None,
    )

    with writing():
        values = {"status": "sent", "asks": 3, "ask_at": None}
        db.session.execute(update(Message).values(**values))
    assert show(program, id)["no_report"] is True

    with writing():
        db.session.execute(update(Message).values(settled_by="Ana Ruiz"))
    assert show(program, id)["settled_by"] == "Ana Ruiz"
    assert show(program, id)["no_report"] is False
