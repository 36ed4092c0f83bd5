"""The files that programs and spreadsheets read: CSV, JSON, and JSON line by line."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
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


def as_csv(records: Iterator[Record], chain: Chain) -> Iterator[str]:
    """A header, and a row for each message."""
    rows = map(as_cells, records)
    return table((*FIELDS, CHAIN), ((*row, chain.add(row)) for row in rows))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A CSV file that spreadsheets open and in which they find no formula."""
    written = StringIO(newline="")
    write = csv.writer(written).writerow
    written.write(BYTE_ORDER_MARK)
    write(header)
    for count, row in enumerate(rows, 1):
        write([cells.guarded(cell) for cell in row])
        if count % ROWS_AT_ONCE == 0:
            yield emptied(written)
    yield emptied(written)


def emptied(written: StringIO) -> str:
    piece = written.getvalue()
    written.seek(0)
    written.truncate()
    return piece


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
