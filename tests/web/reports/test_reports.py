"""Reports say what happened: a scenario with figures that were worked out by hand."""

import csv
from datetime import UTC, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import insert

from conversations.db import db, utcnow
from conversations.desk.reports import gathering
from conversations.models import ConversationTag, Tag
from conversations.texting.status import Status
from tests.support.cast import Customer, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import agent_named, team_of
from tests.web.conftest import make_agent, signed_in
from tests.web.reports.history import Past, count_all, local, zone_of

MARCH = "since=2026-03-02&until=2026-03-08"


def table(browser: Browser, name: str, days: str = MARCH) -> list[dict[str, str]]:
    """A section's file, as a spreadsheet reads it."""
    text = browser.get(f"/reports/{name}.csv?{days}").response.text
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def of(rows: list[dict[str, str]], *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.fixture
def march(stage: Stage, ana: Browser, ben: Browser) -> Past:
    """A week in March 2026, in Rome: a Monday and a Tuesday with texts."""
    zone_of("Ana", "Europe/Rome")
    zone_of("Ben", "Europe/Rome")
    past, ben_id = Past.begun(), agent_named("Ben").id
    past.heard(local("2026-03-01T23:59:59"))
    past.heard(local("2026-03-02T00:00"))
    past.heard(local("2026-03-02T09:20"), segments=2)
    past.wrote(local("2026-03-02T09:30"), author_id=ben_id, segments=3)
    past.wrote(local("2026-03-02T10:00"), Status.UNDELIVERED, failure_code="ABSENT-SUB")
    past.wrote(local("2026-03-02T10:00"), Status.FAILED, failure_code="opted_out")
    past.wrote(local("2026-03-03T10:00"), Status.SENT)
    past.wrote(local("2026-03-03T10:00"), Status.CANCELLED)
    for seconds in (30, 60, 600, 7200):
        past.waited(local("2026-03-03T12:00"), seconds, ben_id, first=seconds > 60)
    past.heard(local("2026-03-09T00:00"))
    return past


COUNTED = pytest.mark.parametrize("counted", [False, True], ids=["texts", "tallies"])


@COUNTED
def test_texts_by_day(ana: Browser, march: Past, *, counted: bool) -> None:
    if counted:
        count_all(utcnow())

    days = of(table(ana, "texts"), "day", "in", "out")

    assert days[:2] == [("2026-03-02", "2", "3"), ("2026-03-03", "0", "5")]
    assert days[2:] == [(f"2026-03-0{day}", "0", "0") for day in range(4, 9)]


@COUNTED
def test_delivery_by_day(ana: Browser, march: Past, *, counted: bool) -> None:
    if counted:
        count_all(utcnow())

    first, second, *_ = table(ana, "delivery")

    assert list(first.values()) == ["2026-03-02", "3", "1", "2", "0", "0.3333"]
    assert list(second.values()) == ["2026-03-03", "5", "4", "0", "1", "1.0000"]


def test_failures_have_their_reasons(ana: Browser, march: Past) -> None:
    rows = table(ana, "failures")

    assert of(rows, "code", "texts", "share") == [
        ("ABSENT-SUB", "1", "0.5000"),
        ("opted_out", "1", "0.5000"),
    ]
    assert rows[0]["reason"] == "The phone was switched off or out of reach."


def test_waits_with_median_and_nine_in_ten(ana: Browser, march: Past) -> None:
    rows = of(table(ana, "answers"), "first_answers", "answers")

    assert rows[:3] == [("0", "1"), ("0", "1"), ("1", "1")]
    assert rows[-2:] == [("600", "60"), ("7200", "7200")]


def test_by_agent_and_line_and_tag(ana: Browser, march: Past) -> None:
    with writing():
        tag = Tag(name="Billing")
        db.session.add(tag)
        db.session.flush()
        there = {"conversation_id": march.id, "tag_id": tag.id}
        db.session.execute(insert(ConversationTag), [there])
        tag_id = tag.id

    assert of(table(ana, "agents"), "agent", "out", "median_seconds") == [
        ("Ben Okafor", "5", "60"),
        ("Programs", "3", ""),
    ]
    assert (
        of(table(ana, "lines"), "line", "in", "out", "parts")
        == [("+1 202-555-0100", "2", "8", "9")]
        or table(ana, "lines")[0]["parts"] == "9"
    )
    assert of(table(ana, "tags"), "tag", "in", "out", "answers") == [
        ("Billing", "2", "8", "4")
    ]
    of_ben = f"{MARCH}&agent={agent_named('Ben').id}"
    assert of(table(ana, "tags", of_ben), "in", "out") == [("0", "5")]
    tagged = table(ana, "texts", f"{MARCH}&tag={tag_id}")
    assert of(tagged, "in", "out")[0] == ("2", "3")
    assert of(table(ana, "texts", f"{MARCH}&tag={tag_id + 1}"), "in")[0] == ("0",)


@COUNTED
def test_cost_by_day_and_line_is_exact_and_says_what_is_not_known(
    ana: Browser, march: Past, *, counted: bool
) -> None:
    euros = {"cost_currency": "EUR", "cost_micros": 45_000}
    francs = {"cost_currency": "CHF", "cost_micros": 7_500}
    march.wrote(local("2026-03-02T11:00"), **euros)
    march.wrote(local("2026-03-02T11:00"), Status.UNCONFIRMED, **euros)
    march.wrote(local("2026-03-03T11:00"), segments=2, **francs)
    march.wrote(local("2026-03-02T11:00"), Status.FAILED, **euros)
    march.wrote(local("2026-03-02T11:00"), Status.QUEUED, **euros)
    if counted:
        count_all(utcnow())

    first, second, third, *_ = table(ana, "cost")

    assert list(first.values()) == ["2026-03-02", "6", "0.09", "0.00", "2"]
    assert list(second.values()) == ["2026-03-03", "7", "0.00", "0.0075", "5"]
    assert list(third.values())[1:] == ["0", "0.00", "0.00", "0"]
    assert list(first)[2:4] == ["cost_EUR", "cost_CHF"]
    (line,) = table(ana, "line-cost")
    assert list(line.values())[1:] == ["13", "0.09", "0.0075", "7"]
    page = ana.get(f"/reports?{MARCH}")
    (euro, franc) = (each for each in page.select(".figure") if each.dt.text == "Cost")
    assert euro.get_text().endswith("0.09 EUR 7 texts without a price")
    assert franc.b.text == "0.0075 CHF"


def test_texts_too_many_to_count_by_tag_leave_the_rest_of_the_report(
    ana: Browser, march: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "SECONDS_FOR_TAGS", 0.0)

    page = ana.get(f"/reports?{MARCH}")

    assert "too many texts to count them by tag" in page.get_text()
    assert figure(page, "Texts in") == "2"


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


def test_an_agent_counts_what_their_teams_have(
    app: Flask, stage: Stage, ana: Browser, ben: Browser
) -> None:
    team = team_of("Billing", "Ana")
    for team_id in (None, team):
        past = Past.begun(team_id=team_id)
        past.heard(local("2026-03-02T09:00"))
        past.waited(local("2026-03-02T10:00"), 60, agent_named("Ana").id)

    for counted in (False, True):
        if counted:
            count_all(utcnow())
        assert of(table(ana, "texts"), "in", "out")[0] == ("2", "2")
        assert of(table(ben, "texts"), "in", "out")[0] == ("1", "1")
        mine = table(ben, "texts", f"{MARCH}&team={team}")
        assert of(mine, "in", "out")[0] == ("0", "0")
        assert of(table(ben, "answers"), "answers")[1] == ("1",)
    assert "Billing" not in ben.get("/reports").get_text()
    assert "Billing" in ana.get("/reports").get_text()


def test_what_agents_are_called_is_no_formula(app: Flask, ana: Browser) -> None:
    signed_in(app, "=cmd|'/c calc'!A1", "agent")
    Past.begun().wrote(local("2026-03-02T09:00"), author_id=agent_named("=").id)

    assert table(ana, "agents")[0]["agent"].startswith("'=")


def test_a_period_without_a_text_says_so(ben: Browser) -> None:
    page = ben.get("/reports?period=28")

    assert len(page.select(".report__none")) == 11
    assert not page.select("svg.plot")


def test_a_plot_is_named_and_its_numbers_stand_in_a_table(
    ana: Browser, march: Past
) -> None:
    page = ana.get(f"/reports?{MARCH}")

    for plot in page.select("svg.plot"):
        section = plot.find_parent("section")
        assert plot["role"] == "img"
        assert section.select("table th[scope=row]")
    assert figure(page, "Texts in") == "2"
    assert figure(page, "Texts out") == "8"
    assert figure(page, "First answer, median") == "10 min"
    assert figure(page, "Delivery rate") == "71.4%"


def figure(page: Page, words: str) -> str:
    (found,) = (each for each in page.select(".figure") if each.dt.text == words)
    return str(found.b.text)


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


def test_a_wait_ends_with_the_answer_and_goes_on_when_it_is_undone(
    app: Flask, stage: Stage, ada: Customer
) -> None:
    email = make_agent("Ben Okafor", undo_seconds=10)
    ben = Browser(app.test_client())
    ben.sign_in(email, "three herons by the weir")
    today = (utcnow() + timedelta(0)).date()
    days = f"since={today}&until={today}"

    page = ben.get(f"/conversations/{ada.conversation.id}")
    page = ben.submit(page, body="Yes, come by.", button="Send")
    assert total(ben, days) == 1
    ben.submit(page, button="Undo")

    assert total(ben, days) == 0
    assert ada.conversation.waiting_since


def total(browser: Browser, days: str) -> int:
    return sum(int(row["answers"]) for row in table(browser, "answers", days)[:-2])
