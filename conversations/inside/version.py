"""Which version this is: the newest that the changelog names."""

import re
from functools import cache

from conversations.config import ROOT

HEADING = re.compile(r"^## v?(\d\S*)", re.MULTILINE)


@cache
def version() -> str:
    try:
        found = HEADING.search((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    except OSError:
        return "unknown"
    return found[1] if found else "unknown"
