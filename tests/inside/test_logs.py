"""A line of the log: what is in it, and what an error may say there."""

import logging
import sqlite3
from typing import Any

import psycopg
import pytest
import requests
from sqlalchemy.exc import IntegrityError, StatementError

from conversations.config import BadSetting, Config
from conversations.inside import faults, logs, marks
from tests.inside.conftest import Log

logger = logging.getLogger("conversations.tests")
SECRET = "-".join(["meet", "me", "+12025550187"])


def failed(error: BaseException) -> BaseException:
    """The error as it is after it was raised."""
    try:
        raise error
    except BaseException as raised:
        return raised


def test_a_line_of_json_says_when_who_and_what(log: Log) -> None:
    with marked("request-0123456789", 7):
        logger.warning("Line %s is paused", 3)

    (line,) = log.lines
    assert line["time"].endswith("+00:00")
    assert (line["level"], line["logger"]) == ("warning", "conversations.tests")
    assert line["event"] == "Line 3 is paused"
    assert (line["request"], line["agent"]) == ("request-0123456789", 7)
    assert line["worker"].rpartition(":")[2].isdecimal()
    assert line["thread"] == "MainThread"


def marked(request: str, agent: int) -> Any:
    class Marks:
        def __enter__(self) -> None:
            self.tokens = marks.request_id.set(request), marks.agent_id.set(agent)

        def __exit__(self, *_: object) -> None:
            marks.request_id.reset(self.tokens[0])
            marks.agent_id.reset(self.tokens[1])

    return Marks()


def test_a_line_to_read_is_one_line_whatever_is_in_it(log: Log) -> None:
    logger.info("one\ntwo\r\nthree")

    assert log.plain.getvalue().count("\n") == 1
    assert "one two three" in log.plain.getvalue()


def test_an_error_shows_where_it_was_and_what_led_to_it(log: Log) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        logger.exception("It broke")

    trace = log.lines[0]["error"]
    assert trace.index("KeyError") < trace.index("RuntimeError")
    assert "test_an_error_shows_where_it_was" in trace
    assert SECRET not in log.text


@pytest.mark.parametrize(
    "error",
    [
        ValueError(SECRET),
        KeyError(SECRET),
        UnicodeEncodeError("ascii", SECRET, 0, 1, SECRET),
        requests.ConnectionError(SECRET),
        psycopg.DataError(SECRET),
        psycopg.IntegrityError(f"it broke a rule\nDETAIL: ({SECRET})"),
        StatementError(SECRET, SECRET, {"body": SECRET}, ValueError(SECRET)),
        IntegrityError(SECRET, {"body": SECRET}, psycopg.DataError(SECRET)),
        ExceptionGroup(SECRET, [ValueError(SECRET)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_an_error_quotes_is_not_repeated(error: BaseException) -> None:
    error.add_note(SECRET)

    assert SECRET not in faults.traced(failed(error))
    assert type(error).__name__ in faults.traced(failed(error))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TypeError("it has no length"), "TypeError: it has no length"),
        (OSError(28, "No space left on device"), "OSError: No space left on device"),
        (psycopg.OperationalError("refused\nmore"), "refused"),
        (sqlite3.OperationalError("database is locked"), "database is locked"),
    ],
)
def test_what_an_error_says_of_the_code_or_the_machine_is_kept(
    error: BaseException, words: str
) -> None:
    assert faults.named(error).endswith(words)


def test_errors_that_lead_to_each_other_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one

    assert faults.traced(one).count("KeyError") == 1


@pytest.mark.parametrize(("given", "as_json"), [("json", True), ("text", False)])
def test_the_setting_says_how_lines_look(given: str, as_json: bool) -> None:
    config = Config.from_env({"LOG_FORMAT": given})

    assert logs.in_json(config) is as_json


def test_where_nobody_watches_lines_are_json() -> None:
    assert logs.in_json(Config.from_env({}))


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(BadSetting, match="debug"):
        Config.from_env({"LOG_LEVEL": "loud"})


@pytest.mark.parametrize("written", [logs.Json(), logs.Plain()])
def test_a_line_can_always_be_written(written: logging.Formatter) -> None:
    record = logging.makeLogRecord({"msg": "odd \ud800 %s", "args": (b"\xff",)})

    assert written.format(record).encode()
