"""What a report says in its files."""

import csv
from io import StringIO

from tests.support.pages import Browser

MARCH = "since=2026-03-02&until=2026-03-08"


def table(browser: Browser, name: str, days: str = MARCH) -> list[dict[str, str]]:
    """A section's file, as a spreadsheet reads it."""
    text = browser.get(f"/reports/{name}.csv?{days}").response.text
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def of(rows: list[dict[str, str]], *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in rows]
