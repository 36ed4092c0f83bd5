"""Reports say what happened: a scenario with figures that were worked out by hand."""

from datetime import timedelta

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
from tests.web.reports.history import Past, count_all, local
from tests.web.reports.tables import MARCH, of, table

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
