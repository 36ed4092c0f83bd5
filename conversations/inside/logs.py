"""The log: a line per event on standard output, for people or, as JSON, for programs.

Events are sentences about ids. `faults` keeps what an error says to itself; other
people's libraries are heard from a warning on, because below it they quote.
"""

import json
import logging
import os
import socket
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from conversations.config import Config
from conversations.inside import faults, marks

OURS = "conversations"
# A pool of SQLAlchemy's kind, which tells of every connection.
OUR_POOL = "conversations.turns"
HOST = socket.gethostname()
# What the server underneath us says goes the same way as everything else.
GRANIAN = {"loggers": {"_granian": {"propagate": True}}}

logger = logging.getLogger(__name__)


def set_up(config: Config) -> None:
    """From here on this process logs as the settings say."""
    stdout = handler(sys.stdout, Json() if in_json(config) else Plain())
    level = logging.getLevelNamesMapping()[config.log_level.upper()]
    logging.getLogger(OURS).setLevel(level)
    logging.getLogger(OUR_POOL).setLevel(logging.WARNING)
    root = logging.getLogger()
    root.setLevel(max(level, logging.WARNING))
    root.handlers[:] = [stdout]
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # it would print what was to be logged
    sys.excepthook = note_end
    threading.excepthook = note_end_of_thread


def handler(stream: TextIO, written: logging.Formatter) -> logging.Handler:
    made = logging.StreamHandler(stream)
    made.setFormatter(written)
    return made


def in_json(config: Config) -> bool:
    """As the setting says; without one, JSON unless a person sits there."""
    if config.log_format:
        return config.log_format == "json"
    return not sys.stdout.isatty()


def note_end(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    """What nobody caught is logged like everything else, and not printed."""
    logger.critical("This process stops", exc_info=(kind, error, where))


def note_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        logger.critical("This thread stops", exc_info=ended.exc_value)


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """What is known about an event besides its sentence."""
    known: dict[str, Any] = {
        "request": marks.request_id.get(),
        "agent": marks.agent_id.get(),
        **getattr(record, "facts", {}),
        "thread": record.threadName,
        "worker": f"{HOST}:{os.getpid()}",
    }
    return {name: value for name, value in known.items() if value not in ("", None)}


def sentence(record: logging.LogRecord) -> str:
    """The event on one line that any terminal takes, whatever is in it."""
    words = " ".join(record.getMessage().splitlines())
    return words.encode("utf-8", "backslashreplace").decode()


def trace(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return faults.traced(error) if error else ""


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": sentence(record),
            **facts(record),
        }
        if found := trace(record):
            line["error"] = found
        return json.dumps(line, default=str)


class Plain(logging.Formatter):
    """A line to be read, and below it where an error was."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%F %T")
        known = " ".join(f"{name}={value}" for name, value in facts(record).items())
        line = f"{at} {record.levelname.lower():8} {sentence(record)}  ({known})"
        found = trace(record)
        return f"{line}\n{found}" if found else line
