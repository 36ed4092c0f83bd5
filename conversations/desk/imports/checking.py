"""A row as a customer, or why it is none; what is fine is staged for storing."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.desk.imports.columns import Columns
from conversations.desk.imports.sheets import Numbered
from conversations.texting import phone
from conversations.texting.clean import clean_text
from conversations.words import N_, Filled, worded

LONGEST_NAME = 80
LONGEST_SHOWN = 60
# Spreadsheets keep a number from being one by an apostrophe.
TEXT_SIGN = "'"

TOO_LONG = N_("The name is longer than {most} characters.")
NO_TAG = N_("There is no tag {name}. Make it in the desk settings first.")
TWICE = N_("The same number stands in line {line} already.")


@dataclass(frozen=True)
class Entry:
    """A customer as the file has it; `tags` are ids."""

    address: str
    name: str
    tags: tuple[int, ...] = ()

    @property
    def json(self) -> str:
        return json.dumps([self.address, self.name, self.tags])

    @classmethod
    def from_json(cls, line: str) -> "Entry":
        address, name, tags = json.loads(line)
        return cls(address, name, tuple(tags))


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be taken in, by the line it begins on."""

    line: int
    cell: str
    reason: str

    @property
    def json(self) -> str:
        return json.dumps([self.line, self.cell, packed(self.reason)])

    @classmethod
    def from_json(cls, line: str) -> "Rejected":
        number, cell, reason = json.loads(line)
        return cls(number, cell, unpacked(reason))


class Fault(Exception):
    """Why a row is rejected."""


class Checker:
    """Goes along the rows of a file and knows which numbers came before."""

    def __init__(self, columns: Columns, tags: Mapping[str, int]) -> None:
        self.columns, self.tags = columns, tags
        self.lines: dict[str, int] = {}

    def checked(self, rows: Iterable[Numbered]) -> Iterator[Entry | Rejected]:
        for line, row in rows:
            number = self.columns.cell(row, self.columns.number)
            try:
                yield self.entry(line, number, row)
            except (Fault, phone.InvalidAddress) as fault:
                shown = clean_text(number[:LONGEST_SHOWN])
                yield Rejected(line, shown, fault.args[0])

    def entry(self, line: int, number: str, row: list[str]) -> Entry:
        typed = number.removeprefix(TEXT_SIGN)
        address = phone.parse(typed, self.columns.region or None)
        if address in self.lines:
            raise Fault(worded(TWICE, line=self.lines[address]))
        name = clean_text(" ".join(self.columns.cell(row, self.columns.name).split()))
        if len(name) > LONGEST_NAME:
            raise Fault(worded(TOO_LONG, most=LONGEST_NAME))
        tags = tuple(self.tags_in(self.columns.cell(row, self.columns.tags)))
        self.lines[address] = line
        return Entry(address, name, tags)

    def tags_in(self, cell: str) -> Iterator[int]:
        """Several are parted by commas or semicolons."""
        for word in cell.replace(";", ",").split(","):
            if name := word.strip():
                if name.lower() not in self.tags:
                    shown = clean_text(name[:LONGEST_SHOWN])
                    raise Fault(worded(NO_TAG, name=shown))
                yield self.tags[name.lower()]


def packed(reason: str) -> Any:
    """A sentence with its blanks apart, so that it can be said in any language."""
    if not isinstance(reason, Filled):
        return reason
    values = {
        name: packed(value) if isinstance(value, str) else value
        for name, value in reason.values.items()
    }
    return [reason.template, values]


def unpacked(given: Any) -> str:
    if isinstance(given, str):
        return given
    template, values = given
    told = {n: unpacked(v) if isinstance(v, list) else v for n, v in values.items()}
    return worded(template, **told)
