"""A day and its hours are those of the clocks where the agent is."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.db import utcnow
from tests.support.pages import Browser
from tests.web.reports.history import Past, count_all, local, zone_of
from tests.web.reports.tables import of, table


def test_when_customers_write_by_the_clocks_there(ana: Browser, march: Past) -> None:
    monday, *others = table(ana, "hours")

    assert (monday["h0"], monday["h9"]) == ("1", "1")
    assert not any(int(row[f"h{hour}"]) for row in others for hour in range(24))


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-03-30", 24)]
)
def test_a_day_has_as_many_hours_as_clocks_show(
    ana: Browser, day: str, hours: int
) -> None:
    zone_of("Ana", "Europe/Rome")
    past = Past.begun()
    past.heard(local(f"{day}T00:00"))
    past.heard(local(f"{day}T23:59:59"))
    for fold in (0, 1):
        past.heard(local("2026-10-25T02:30", fold=fold))

    rows = of(table(ana, "texts", f"since={day}&until={day}"), "hour", "in")

    assert len(rows) == len(set(rows)) == hours
    assert (rows[0][1], rows[-1][1]) == ("1", "1")
    if hours == 25:
        assert rows[2:4] == [
            ("2026-10-25T02:00:00+02:00", "1"),
            ("2026-10-25T02:00:00+01:00", "1"),
        ]


@pytest.mark.parametrize("day", ["2026-04-05", "2026-10-04"])
def test_where_clocks_change_by_half_an_hour_no_text_is_lost(
    ana: Browser, day: str
) -> None:
    zone_of("Ana", "Australia/Lord_Howe")
    past, howe = Past.begun(), ZoneInfo("Australia/Lord_Howe")
    begins = local(f"{day}T00:00", howe).astimezone(UTC)
    for quarter in range(16):
        past.heard(begins + quarter * timedelta(minutes=15))

    rows = of(table(ana, "texts", f"since={day}&until={day}"), "hour", "in")

    assert sum(int(row[1]) for row in rows) == 16


@pytest.mark.parametrize(
    "zone", ["Asia/Kathmandu", "Asia/Kolkata", "Pacific/Chatham", "America/New_York"]
)
def test_days_begin_where_the_agent_is(ana: Browser, zone: str) -> None:
    zone_of("Ana", zone)
    there, past = ZoneInfo(zone), Past.begun()
    for at in ("2026-03-03T23:59:59", "2026-03-04T00:00", "2026-03-04T00:14"):
        past.heard(local(at, there))
    count_all(utcnow())

    rows = of(table(ana, "texts"), "day", "in")

    assert rows[1:3] == [("2026-03-03", "1"), ("2026-03-04", "2")]


@pytest.mark.parametrize(
    "days",
    [
        "since=soon",
        "since=2026-03-09&until=2026-03-08",
        "since=2020-01-01&until=2026-01-01",
        "since=0001-01-01",
    ],
)
def test_days_that_cannot_be_are_explained(ana: Browser, days: str) -> None:
    page = ana.get(f"/reports?{days}", expect=422)

    assert page.select_one("[role=alert]").text
    assert ana.client.get(f"/reports/texts.csv?{days}").status_code == 404
