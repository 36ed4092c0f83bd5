"""Cells of a CSV file that no spreadsheet takes for a formula, and back again.

An apostrophe goes in front of what could be one: at the beginning of a cell, and, for
spreadsheets that part cells elsewhere, after a semicolon, a tab or a line's end. What
has an apostrophe there already gets another, so that taking one away where one stands
always gives back what was written (docs/exports.md).
"""

import re

SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
PARTING = ";\\t\\r\\n"
# Signs before a sign are looked past: quotes, brackets, spaces, full-width or not.
HIDDEN = f"[^\\w{PARTING}]*[{SIGNS}]|'"
DANGER = re.compile(f"^(?=[\\t\\r\\n]|{HIDDEN})|(?<=[{PARTING}])(?={HIDDEN})")
PARTED = re.compile(f"[{PARTING}]")
GUARDED = re.compile(f"(?:^|(?<=[{PARTING}]))'")


def guarded(text: str) -> str:
    # Nearly every cell: a letter or digit first, and nothing that parts it.
    if not text or (text[0].isalnum() and PARTED.search(text) is None):
        return text
    return DANGER.sub("'", text)


def plain(cell: str) -> str:
    """What `guarded` made this cell of."""
    return GUARDED.sub("", cell)
