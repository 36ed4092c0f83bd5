"""A file of rows as a spreadsheet saved it: in which letters, parted by which sign."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

SEPARATORS = (",", ";", "\t")
LOOKED_AT = 20
PIECE = 1024 * 1024
SIGNS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
GUESSES = ("utf-8", "cp1252")

Numbered = tuple[int, list[str]]
"""A row, and the line of the file on which it begins."""


class Unreadable(Exception):
    """The file is no table of text, from `line` on."""

    def __init__(self, line: int = 1) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Sheet:
    """A file, and how to read it."""

    path: Path
    encoding: str
    separator: str

    def rows(self) -> Iterator[Numbered]:
        """Those that are not empty. Raises `Unreadable`."""
        line = 0
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                reader = csv.reader(file, delimiter=self.separator)
                for row in reader:
                    if any(cell.strip() for cell in row):
                        yield line + 1, row
                    line = reader.line_num
        except (csv.Error, UnicodeError) as error:
            raise Unreadable(line + 1) from error


def sheet(path: Path) -> Sheet:
    """How this file is best read. Raises `Unreadable` when it is no text."""
    encoding = encoding_of(path)
    sheets = [Sheet(path, encoding, separator) for separator in SEPARATORS]
    return max(sheets, key=regularity)


def encoding_of(path: Path) -> str:
    """What the file says of itself; else UTF-8 if it is, else Western Europe's."""
    with path.open("rb") as file:
        head = file.read(4)
    for sign, encoding in SIGNS:
        if head.startswith(sign):
            return encoding
    for encoding in GUESSES:
        if decodes(path, encoding):
            return encoding
    raise Unreadable


def decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while piece := file.read(PIECE):
                if "\x00" in piece:
                    return False
    except UnicodeError:
        return False
    return True


def regularity(sheet: Sheet) -> tuple[float, int]:
    """The share of rows that have as many columns as most, if that is more than one."""
    widths = Counter(len(row) for _, row in islice(sheet.rows(), LOOKED_AT))
    if not widths:
        return 0.0, 0
    width, many = widths.most_common(1)[0]
    return (many / widths.total(), width) if width > 1 else (0.0, 1)
