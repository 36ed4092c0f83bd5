"""The files that programs and spreadsheets read: CSV, JSON, and JSON line by line."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from conversations.desk.exports import cells
from conversations.desk.exports.records import (
    CHAIN,
    FIELDS,
    Chain,
    Record,
    as_cells,
    as_line,
    chained,
)

# Without it, Excel takes the file for something other than UTF-8.
BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 100
QUOTED = re.compile('["\r\n]')
OURS = {"message", "conversation", "kind", "time", "time_utc", "status", "parts",
        "encoding", "sent", "delivered", "retry_of", "repeat_of"}  # fmt: skip
TYPED = [place for place, name in enumerate(FIELDS) if name not in OURS]


def as_csv(records: Iterator[Record], chain: Chain) -> Iterator[str]:
    """A header, and a row for each message."""
    rows = map(as_cells, records)
    guarded = ([*safe(row), chain.add(row)] for row in rows)
    return written_out((*FIELDS, CHAIN), guarded)


def safe(row: list[str]) -> list[str]:
    """The row with what anybody may have typed guarded; the rest are words of ours."""
    guarded = row.copy()
    for place in TYPED:
        guarded[place] = cells.guarded(row[place])
    return guarded


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A CSV file that spreadsheets open and in which they find no formula."""
    return written_out(header, ([cells.guarded(cell) for cell in row] for row in rows))


def written_out(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + line(header)
    lines = map(line, rows)
    while some := "".join(islice(lines, ROWS_AT_ONCE)):
        yield some


def line(row: Sequence[str]) -> str:
    """A row of a CSV file; nearly always, nothing in it needs quotes."""
    joined = ",".join(row)
    if joined and joined.count(",") == len(row) - 1 and QUOTED.search(joined) is None:
        return joined + "\r\n"
    written = StringIO(newline="")
    csv.writer(written).writerow(row)
    return written.getvalue()


def as_lines(records: Iterator[Record], chain: Chain) -> Iterator[str]:
    """One JSON object a line."""
    for record, head in chained(records, chain):
        yield as_line(record, head) + "\n"


def as_document(
    records: Iterator[Record], chain: Chain, about: dict[str, Any]
) -> Iterator[str]:
    """One JSON object: what it is `about`, and its messages."""
    opening = json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{opening},\n "messages": ['
    for record, head in chained(records, chain):
        separator = "\n  " if chain.rows == 1 else ",\n  "
        yield separator + as_line(record, head)
    yield "\n ]\n}\n"
