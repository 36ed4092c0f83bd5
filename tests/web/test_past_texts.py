"""Texts that were brought in have new ids and old times: found where they belong."""

from pathlib import Path

import pytest
from flask import Flask

from conversations.desk.finding.results import PAGE_SIZE
from tests.keeping.test_past import ANSWERED, ASKED, brought
from tests.support.cast import Caller, Customer
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage


@pytest.fixture
def told(app: Flask, stage: Stage, tmp_path: Path, ada: Customer) -> None:
    """Ada wrote, then many old texts came from elsewhere, and then Ada wrote again."""
    at = [f"2024-03-{1 + n // 60:02}T10:{n % 60:02}:00+01:00" for n in range(200)]
    rows = (ASKED | {"time": time} for time in at)
    brought(app, tmp_path / "past.jsonl", *rows)
    ada.texts("Are you open again?")
    stage.read()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("before:2024-03-02", PAGE_SIZE),
        ("after:2024-03-02 before:2024-03-03", PAGE_SIZE),
        ("before:2024-03-01", 0),
        ("after:2024-03-04", 20 + 1),
        ("after:2026-01-01", 1),
        ("before:2025-01-01", PAGE_SIZE),
    ],
)
def test_a_search_for_days_finds_what_was_brought_in(
    ben: Browser, days: str, found: int
) -> None:
    assert len(found_by(ben, f"open {days}")) == found


def test_it_is_found_behind_many_that_came_live(
    app: Flask, stage: Stage, tmp_path: Path, ben: Browser, ada: Customer
) -> None:
    for n in range(5):
        ada.texts(f"Are you open, {n}?")
    stage.read()
    brought(app, tmp_path / "past.jsonl", ASKED)

    assert found_by(ben, "open before:2025-01-01") == [ASKED["text"]]


def found_by(browser: Browser, words: str) -> list[str]:
    """The first page of it."""
    page = browser.submit(browser.get("/search"), "#search-form", q=words)
    return [each.get_text() for each in page.select(".found__body")]


def test_a_day_in_a_thread_leads_to_what_was_brought_in(
    app: Flask, stage: Stage, tmp_path: Path, ben: Browser, kaleyra_calls: Caller
) -> None:
    later = ANSWERED | {"time": "2024-03-05T10:00:00+01:00"}
    brought(app, tmp_path / "past.jsonl", ASKED, later)
    ida = Customer("+12025550177", LINE, kaleyra_calls)
    ida.texts("And today?")
    stage.read()

    page = ben.get(f"/conversations/{ida.conversation.id}/jump?day=2024-03-02")

    assert page.url.endswith(f"?at={ida.messages[1].id}")
