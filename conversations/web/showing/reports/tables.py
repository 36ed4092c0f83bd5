"""The table beside a plot: it says all that the plot shows, and is its CSV file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from conversations.web.showing.reports.plots import Columns, Grid
from conversations.web.showing.reports.values import Lasting, Money, Share, Value


@dataclass(frozen=True)
class Column:
    """`key` names it in the file, `words` on the page; `barred`: with small bars."""

    key: str
    words: str
    barred: bool = False


Row: TypeAlias = Sequence[Value]


@dataclass(frozen=True)
class Table:
    """The first column says what each row is about."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    def bar(self, place: int, row: Row) -> float:
        """How long a bar is, in percent of the longest of its column."""
        most = self.longest[place]
        return round(100 * size(row[place]) / most, 2) if most else 0.0

    @cached_property
    def longest(self) -> Sequence[float]:
        """The longest of each column, looked for once and not for every row."""
        columns = zip(*self.rows, strict=True)
        return [max(map(size, column)) for column in columns]


def size(value: Value) -> float:
    if isinstance(value, Lasting):
        return value.seconds or 0
    if isinstance(value, Share):
        return value.value or 0
    if isinstance(value, Money):
        return value.micros
    return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Section:
    """`words` say in a sentence or two what is counted; `name` is that of its file."""

    name: str
    title: str
    words: str
    table: Table
    plot: Columns | Grid | None = None
    empty: bool = False


@dataclass(frozen=True)
class Figure:
    """One number on its own, with what it is, and a word more."""

    words: str
    value: Value
    more: str = ""
