"""A past message as a row of a file has it: docs/importing.md is the form.

It is that of our own exports, so that what one installation took away another can bring
in. Columns that are not known here are passed over.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from conversations.desk.exports import cells
from conversations.models.message import EVENT, INBOUND, NOTE, OUTBOUND
from conversations.texting import phone
from conversations.texting.clean import clean_text
from conversations.texting.sending import MAX_BODY_LENGTH
from conversations.texting.status import Status

NEEDED = ("line", "number", "kind", "time", "text")
KINDS = (INBOUND, OUTBOUND, NOTE)
ALONE = {INBOUND: Status.RECEIVED, NOTE: Status.NOTED}
OURS = (
    Status.DELIVERED,
    Status.SENT,
    Status.ACCEPTED,
    Status.UNDELIVERED,
    Status.FAILED,
    Status.CANCELLED,
    Status.UNCONFIRMED,
)
IMPORTED = "imported:"
LONGEST_WORD = 200

Numbered = tuple[int, Mapping[str, Any]]


class Fault(Exception):
    """Why a row cannot be brought in."""


@dataclass(frozen=True)
class Past:
    """One message; times are ISO 8601 in UTC. `key` is the same whenever it comes."""

    line: str
    number: str
    name: str
    direction: str
    at: str
    body: str
    status: str
    author: str | None
    provider_id: str | None
    sent_at: str | None
    delivered_at: str | None
    key: str

    @property
    def side(self) -> tuple[str, str]:
        return self.line, self.number

    @property
    def json(self) -> str:
        return json.dumps(vars(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        return cls(**json.loads(line))


def rows(path: Path) -> Iterator[Numbered]:
    """With the line of the file each begins on. Raises `Fault`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from in_csv(file) if path.suffix == ".csv" else in_lines(file)
        except (csv.Error, UnicodeError) as error:
            raise Fault(f"The file cannot be read on: {error}.") from error


def in_csv(file: Iterable[str]) -> Iterator[Numbered]:
    reader, line = csv.reader(file), 1
    header = next(reader, [])
    if lacking := [name for name in NEEDED if name not in header]:
        raise Fault(f"There is no column {', '.join(lacking)}.")
    for row in reader:
        begun, line = line + 1, reader.line_num
        yield begun, dict(zip(header, map(cells.plain, row), strict=False))


def in_lines(file: Iterable[str]) -> Iterator[Numbered]:
    """An object a line, or the one object that a thread's own JSON file is."""
    numbered = enumerate(file, 1)
    for line, text in numbered:
        if text.strip() == "{":
            yield from in_document(numbered)
        elif text.strip():
            yield line, named(text)


def in_document(numbered: Iterator[tuple[int, str]]) -> Iterator[Numbered]:
    """Its messages, each on a line, as our exports write them."""
    for _, text in numbered:
        if text.strip() == '"messages": [':
            break
    for line, text in numbered:
        if text.strip() not in ("", "]", "}"):
            yield line, named(text.rstrip().removesuffix(","))


def named(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}


def past(row: Mapping[str, Any]) -> Past | None:
    """None for what happened, such as who closed it, which is not brought in.

    Raises `Fault` with a sentence.
    """
    kind = word(row, "kind")
    if kind == EVENT:
        return None
    if kind not in KINDS:
        raise Fault("kind is not inbound, outbound, note or event.")
    at, body = moment(row, "time"), text(row)
    line, number = address(row, "line"), address(row, "number")
    told = (line, number, kind, at, body, word(row, "message"))
    digest = sha256(json.dumps(told).encode()).hexdigest()
    return Past(
        line=line,
        number=number,
        name=word(row, "name")[:80],
        direction=kind,
        at=str(at),
        body=body,
        status=status(row, kind),
        author=None if kind == INBOUND else word(row, "who") or None,
        provider_id=word(row, "provider_id") or None,
        sent_at=moment(row, "sent", needed=False),
        delivered_at=moment(row, "delivered", needed=False),
        key=IMPORTED + digest,
    )


def word(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    return "" if found is None else clean_text(str(found)).strip()[:LONGEST_WORD]


def text(row: Mapping[str, Any]) -> str:
    found = row.get("text")
    if not isinstance(found, str) or len(found) > MAX_BODY_LENGTH:
        raise Fault(f"text is missing, or longer than {MAX_BODY_LENGTH} characters.")
    return clean_text(found)


def address(row: Mapping[str, Any], name: str) -> str:
    found = phone.from_provider(word(row, name))
    if found is None:
        raise Fault(f"{name} is no whole number; masked ones cannot be brought in.")
    return found


def moment(row: Mapping[str, Any], name: str, *, needed: bool = True) -> str | None:
    given = word(row, name)
    if not given and not needed:
        return None
    try:
        at = datetime.fromisoformat(given)
        if at.tzinfo and at <= datetime.now(UTC):
            return at.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    raise Fault(f"{name} is no past time such as 2026-11-22T10:42:07+01:00.")


def status(row: Mapping[str, Any], kind: str) -> str:
    """What became of it; nothing that still waits to be sent is past."""
    if kind in ALONE:
        return ALONE[kind].value
    given = word(row, "status") or Status.DELIVERED.value
    if given not in set(OURS):
        raise Fault(f"status is not one of {', '.join(OURS)}.")
    return given
