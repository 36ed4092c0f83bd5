"""A message as a row of an export, and the chain of hashes that the rows make."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from json.encoder import encode_basestring

from conversations.desk.exports import cells

Value = str | int | None
Record = Sequence[Value]

FIELDS = (
    "message",
    "conversation",
    "line",
    "number",
    "name",
    "kind",
    "time",
    "time_utc",
    "who",
    "text",
    "status",
    "parts",
    "encoding",
    "sent",
    "delivered",
    "failure_code",
    "failure",
    "provider_id",
    "reference",
    "retry_of",
    "repeat_of",
)
CHAIN = "chain"
NUMBERS = tuple(FIELDS.index(name) for name in ("line", "number"))

# Made once, because making one takes longer than a row.
LINE = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))

BEGINNING = "0" * 64


def as_cells(record: Record) -> list[str]:
    """The row in plain text: nothing is "", and numbers stand without their plus."""
    row = ["" if value is None else str(value) for value in record]
    for place in NUMBERS:
        row[place] = row[place].removeprefix("+")
    return row


def link(before: str, row: Sequence[str]) -> str:
    """The hash of a row, as JSON without spaces, and of all that came before it."""
    cells = ",".join(map(encode_basestring, row))
    return sha256(f"{before}[{cells}]".encode()).hexdigest()


def as_line(record: Record, head: str) -> str:
    """The row as a JSON object."""
    named = dict(zip((*FIELDS, CHAIN), (*record, head), strict=True))
    return LINE.encode(named)


def from_cells(row: Sequence[str]) -> tuple[list[str], str]:
    """The plain row, and the hash that stands with it; of a row of a CSV file."""
    *record, head = (cells.plain(cell) for cell in row)
    return record, head


def from_json(named: dict[str, Value]) -> tuple[list[str], str]:
    """The same of a JSON object."""
    head = named.get(CHAIN)
    return as_cells([named.get(name) for name in FIELDS]), str(head)


class Chain:
    """Goes along the rows of one file."""

    def __init__(self) -> None:
        self.rows = 0
        self.head = BEGINNING

    def add(self, row: Sequence[str]) -> str:
        self.rows += 1
        self.head = link(self.head, row)
        return self.head


def chained(records: Iterator[Record], chain: Chain) -> Iterator[tuple[Record, str]]:
    for record in records:
        yield record, chain.add(as_cells(record))
