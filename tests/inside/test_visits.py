"""A request keeps its id through the app, and leaves a line only when it should."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from conversations.inside import visits
from conversations.inside.visits import Visits
from tests.inside.conftest import Log
from tests.web.conftest import signed_in

SECRET = " ".join(["not", "to", "be", "told"])
GIVEN = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.fixture
def broken() -> Flask:
    """An app that breaks in every way we follow."""
    app = Flask("broken")
    app.add_url_rule("/rooms/<int:room>/<word>", "slow", slow)
    app.add_url_rule("/rooms/<int:room>", "fault", fault)
    app.add_url_rule("/busy", "busy", busy)
    visits.init_app(app)
    return app


def slow(room: int, word: str) -> str:
    time.sleep(0.02)
    return f"{room}{word}"


def fault(room: int) -> str:
    raise ValueError(f"not to be told {room}")


def busy() -> str:
    raise ServiceUnavailable


def test_an_id_that_comes_along_goes_back(app: Flask) -> None:
    client = app.test_client()
    for path in ("/healthz", "/nope", "/hooks/kaleyra/inbound"):
        answer = client.get(path, headers={"X-Request-Id": GIVEN})
        assert answer.headers.getlist("X-Request-Id") == [GIVEN]


@pytest.mark.parametrize("given", ["", "short", "+12025550142", "0" * 20, "x" * 65])
def test_what_is_no_id_is_replaced(app: Flask, given: str) -> None:
    client = app.test_client()
    answers = [client.get("/healthz", headers={"X-Request-Id": given}) for _ in "12"]

    first, second = (answer.headers["X-Request-Id"] for answer in answers)
    assert len(first) == 32
    assert first != second


def test_an_ordinary_request_leaves_no_line(app: Flask, log: Log) -> None:
    app.test_client().get("/healthz")

    assert log.of("visits") == []


def test_a_slow_request_leaves_a_line_with_ids_and_no_words(
    broken: Flask, log: Log, impatient: None
) -> None:
    broken.test_client().get("/rooms/7/secret?q=secret")

    (line,) = log.of("visits")
    assert line["event"].startswith("GET /rooms/7/<word> answered 200 after 0.")
    assert (line["level"], line["status"]) == ("info", "200")
    assert "secret" not in log.text


@pytest.fixture
def impatient() -> Iterator[None]:
    """Everything is slow."""
    usual, visits.SLOW_SECONDS = visits.SLOW_SECONDS, 0.0
    yield
    visits.SLOW_SECONDS = usual


def test_a_request_that_breaks_leaves_its_error_and_its_id(
    broken: Flask, log: Log
) -> None:
    answer = broken.test_client().get("/rooms/7", headers={"X-Request-Id": GIVEN})

    error, line = log.of("visits")
    assert answer.status_code == 500
    assert error["event"] == "GET /rooms/7 failed"
    assert error["error"].endswith("ValueError")
    assert line["event"].startswith("GET /rooms/7 answered 500 after")
    assert error["request"] == line["request"] == GIVEN


def test_a_busy_answer_is_a_warning(broken: Flask, log: Log) -> None:
    broken.test_client().get("/busy")

    assert [line["level"] for line in log.of("visits")] == ["warning"]


def test_what_breaks_in_front_of_the_pages_is_answered_too(log: Log) -> None:
    def breaks(*_: object) -> None:
        raise ValueError(SECRET)

    app = Flask("broken")
    app.wsgi_app = Visits(app, breaks)
    answer = app.test_client().get("/+12025550142")

    assert answer.status_code == 500
    assert "12025550142" not in log.text
    assert SECRET not in log.text


def test_an_agents_request_says_whose_it_was(
    live_app: Flask, log: Log, impatient: None
) -> None:
    ana = signed_in(live_app, "Ana Ruiz", "admin")

    ana.get("/conversations")

    assert any(line.get("agent") for line in log.of("visits"))
