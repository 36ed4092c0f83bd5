"""What tests of the inside share: the log as it is written."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from conversations.inside import logs
from tests.support.stage import Stage


class Log:
    """Everything that was logged, in both ways of writing it."""

    def __init__(self) -> None:
        self.json, self.plain = io.StringIO(), io.StringIO()
        self.handlers = [
            logs.handler(self.json, logs.Json()),
            logs.handler(self.plain, logs.Plain()),
        ]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.json.getvalue().splitlines()]

    @property
    def text(self) -> str:
        return self.json.getvalue() + self.plain.getvalue()

    def of(self, name: str) -> list[dict[str, Any]]:
        """The lines of this logger."""
        return [line for line in self.lines if line["logger"].endswith(name)]


@pytest.fixture
def log() -> Iterator[Log]:
    """Whatever this app logs, down to the smallest thing."""
    log = Log()
    root, ours = logging.getLogger(), logging.getLogger("conversations")
    root.handlers += log.handlers
    ours.setLevel(logging.DEBUG)
    yield log
    ours.setLevel(logging.NOTSET)
    for handler in log.handlers:
        root.removeHandler(handler)


@pytest.fixture
def live_app(stage: Stage) -> Iterator[Flask]:
    """The app answering its own errors, as it does when it is no test."""
    stage.app.testing = False
    yield stage.app
    stage.app.testing = True
