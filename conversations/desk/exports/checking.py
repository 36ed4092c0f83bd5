"""Whether an export is as it was made; and if not, what differs."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from conversations.desk.exports.manifest import FORMAT, NAME, sealed_here
from conversations.desk.exports.records import BEGINNING, from_cells, from_json, link

PIECE = 1024 * 1024
LARGEST_MANIFEST = 4 * 1024 * 1024
FORGED = f"{NAME}: was not sealed by this installation, or was changed since"

# What a zip, or what is in it, may come to when somebody or something damaged it.
DAMAGED = (
    BadZipFile,
    ZlibError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    csv.Error,
    NotImplementedError,
    RuntimeError,
)

Rows = Iterator[tuple[list[str], str]]


def faults(path: Path, secret: str) -> list[str]:
    """What differs, a sentence each; nothing when all is as it was made."""
    try:
        with ZipFile(path) as zipped:
            return list(found(zipped, secret))
    except DAMAGED as error:
        return [f"This is no export of Parley's, or it is damaged: {error}"]


def found(zipped: ZipFile, secret: str) -> Iterator[str]:
    with zipped.open(NAME) as file:
        said = json.loads(file.read(LARGEST_MANIFEST))
    if said.get("format") != FORMAT:
        yield f"{NAME}: this is no manifest of Parley's"
        return
    if not sealed_here(said, secret):
        yield FORGED
    there = Counter(zipped.namelist())
    named = {file["name"] for file in said["files"]}
    for name in sorted({*there} - named - {NAME}):
        yield f"{name}: is not in the manifest"
    for name in sorted(name for name, times in there.items() if times > 1):
        yield f"{name}: is in it more than once"
    for file in said["files"]:
        yield from differences(zipped, file)


def differences(zipped: ZipFile, said: dict[str, Any]) -> Iterator[str]:
    name = said["name"]
    if name not in zipped.namelist():
        yield f"{name}: is missing"
        return
    try:
        with zipped.open(name) as file:
            if digest(file) == said["sha256"]:
                return
    except DAMAGED as error:
        yield f"{name}: {error}"
        return
    yield f"{name}: its SHA-256 is not the one in the manifest"
    yield from broken_row(zipped, said)


def digest(file: IO[bytes]) -> str:
    total = sha256()
    while piece := file.read(PIECE):
        total.update(piece)
    return total.hexdigest()


def broken_row(zipped: ZipFile, said: dict[str, Any]) -> Iterator[str]:
    """The first row that does not follow from those before it."""
    read = READERS.get(Path(said["name"]).suffix)
    if read is None or not said["chain"]:
        return
    count, head = 0, BEGINNING
    with zipped.open(said["name"]) as file:
        lines = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        for row, given in read(lines):
            count, head = count + 1, link(head, row)
            if head != given:
                yield f"{said['name']}: row {count}, message {row[0]}, was changed"
                return
    if count != said["rows"]:
        yield f"{said['name']}: has {count} rows, and had {said['rows']}"


def rows_of_csv(file: TextIOWrapper) -> Rows:
    rows = csv.reader(file)
    next(rows)
    return map(from_cells, rows)


def rows_of_lines(file: TextIOWrapper) -> Rows:
    return (from_json(json.loads(line)) for line in file)


def rows_of_document(file: TextIOWrapper) -> Rows:
    return map(from_json, json.load(file)["messages"])


READERS: dict[str, Callable[[TextIOWrapper], Rows]] = {
    ".csv": rows_of_csv,
    ".jsonl": rows_of_lines,
    ".json": rows_of_document,
}
