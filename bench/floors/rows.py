"""The rows that floors write: the same columns that we write, in plain SQL."""

import json
from datetime import UTC, datetime
from itertools import count

from bench.load.callbacks import inbound

COLUMNS = (
    "address",
    "received_at",
    "method",
    "content_type",
    "query",
    "body",
    "outcome",
)

numbers = count(1)


def insert(mark: str) -> str:
    """The journal's insert; `mark` is how the driver writes a parameter."""
    marks = ", ".join([mark] * len(COLUMNS))
    return f"INSERT INTO callback ({', '.join(COLUMNS)}) VALUES ({marks})"


def callback(body: bytes | None = None) -> tuple[object, ...]:
    content = body or json.dumps(inbound("floor", next(numbers))).encode()
    now = datetime.now(UTC)
    return ("inbound", now, "POST", "application/json", "", content, "new")
