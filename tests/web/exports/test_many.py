"""Everything an agent may see is exported in the background, for them alone."""

import csv
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from flask import Flask
from sqlalchemy import select, update

from conversations.config import Config
from conversations.db import db
from conversations.desk import room
from conversations.desk.exports import asking
from conversations.models import Export, Message
from conversations.web.exports.many import Maker
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import change, give, team_of

ASKED = {"state": "any", "format": "csv"}


@pytest.fixture
def maker(own_folder: Config) -> Maker:
    """The making of exports, on call, in a folder of its own."""
    return Maker(own_folder)


def make(app: Flask, maker: Maker) -> None:
    with app.app_context():
        maker.step()


def ask(browser: Browser, **fields: object) -> Page:
    page = browser.get("/exports")
    return browser.submit(page, button="Make it", **ASKED | fields)


def rows_of(content: bytes) -> list[dict[str, str]]:
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        text = zipped.read("messages.csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def fetched(browser: Browser) -> list[dict[str, str]]:
    page = browser.get("/exports")
    with browser.client.get(page.select_one("a[download]")["href"]) as answer:
        return rows_of(answer.data)


def test_everything_is_made_into_a_file_that_shows_its_progress(
    app: Flask, maker: Maker, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = ask(ben)
    assert "Waits to be made" in page.get_text()
    assert page.select_one("#exports[hx-trigger]")

    make(app, maker)

    page = ben.get("/exports")
    assert re.search(r"Ready: 2 messages, [1-9] kB", page.get_text())
    assert not page.select_one("#exports[hx-trigger]")
    assert [row["text"] for row in fetched(ben)] == [ada.texted[0], bob.texted[0]]


def test_it_has_only_what_its_asker_may_see(
    app: Flask, maker: Maker, ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))
    change("Ben", masked=True)

    ask(ben)
    make(app, maker)

    assert [row["number"] for row in fetched(ben)] == ["•••• 0018"]


def test_nobody_else_can_fetch_it(
    app: Flask, maker: Maker, ana: Browser, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    make(app, maker)
    here = f"/exports/{the(select(Export)).id}/file"

    assert ana.client.get(here).status_code == 404
    with ben.client.get(here) as answer:
        assert answer.status_code == 200


def test_it_can_be_of_some_conversations_and_days(
    app: Flask, maker: Maker, ben: Browser, ada: Customer, bob: Customer
) -> None:
    for asked in (
        {"until": "2020-01-01"},
        {"state": "closed"},
        {"since": "2020-01-01"},
    ):
        ask(ben, **asked)
        make(app, maker)

    done = [export.done for export in everything(select(Export).order_by(Export.id))]
    assert done == [0, 0, 2]


def test_days_are_those_of_the_texts_also_where_they_were_brought_in(
    app: Flask, stage: Stage, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ada.texts("of the first, brought in on the second")
    ada.texts("of the third")
    stage.read()
    second, brought_in, third = stored_at(ada, 2, 1, 3)
    with writing():
        db.session.get_one(Message, brought_in.id).arrival_key = "imported:1"

    for days, found in (
        ({"since": "2026-03-02"}, {second.body, third.body}),
        ({"until": "2026-03-02"}, {brought_in.body, second.body}),
        ({"since": "2026-03-01", "until": "2026-03-01"}, {brought_in.body}),
        ({"since": "2026-03-03", "until": "2026-03-03"}, {third.body}),
    ):
        ask(ben, **days)
        make(app, maker)
        assert {row["text"] for row in fetched(ben)} == found


def stored_at(customer: Customer, *days: int) -> list[Message]:
    """The texts of this customer, as if of these days of March."""
    with writing():
        for message, day in zip(customer.messages, days, strict=True):
            at = datetime(2026, 3, day, 12, tzinfo=UTC)
            db.session.get_one(Message, message.id).created_at = at
    return customer.messages


def test_a_day_that_is_none_is_refused(maker: Maker, ben: Browser) -> None:
    page = ben.get("/exports")

    refused = ben.submit(page, button="Make it", expect=422, **ASKED, since="yesterday")

    assert "days such as" in refused.get_text()


def test_three_at_once_are_enough(maker: Maker, ben: Browser) -> None:
    for _ in range(3):
        ask(ben)

    page = ben.get("/exports")
    ben.submit(page, button="Make it", expect=422, **ASKED)


def test_what_a_dead_process_left_is_made_again(
    app: Flask, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    with writing():
        long_ago = the(select(Export)).asked_at.replace(year=2020)
        db.session.execute(update(Export).values(state="making", touched_at=long_ago))

    make(app, maker)

    assert the(select(Export)).ready


def test_after_some_days_it_is_gone(
    app: Flask, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    make(app, maker)
    (file,) = maker.folder.iterdir()
    with writing():
        long_ago = the(select(Export)).asked_at.replace(year=2020)
        db.session.execute(update(Export).values(asked_at=long_ago))

    maker.looks = 0
    make(app, maker)

    assert not file.exists()
    assert everything(select(Export)) == []


def test_what_kills_its_maker_again_and_again_is_given_up(
    app: Flask, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    with writing():
        long_ago = the(select(Export)).asked_at.replace(year=2020)
        dying = {"state": "making", "touched_at": long_ago, "attempts": 3}
        db.session.execute(update(Export).values(**dying))

    make(app, maker)

    assert "could not be made" in ben.get("/exports").get_text()


def test_who_was_thought_dead_leaves_the_file_to_the_next_maker(
    app: Flask, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    with app.app_context():
        slow = asking.claim(the(select(Export)).id)
    with writing():
        long_ago = the(select(Export)).asked_at.replace(year=2020)
        db.session.execute(update(Export).values(touched_at=long_ago))
    make(app, maker)
    before = (maker.folder / f"{the(select(Export)).id}.zip").read_bytes()

    with app.app_context():
        maker.make(the(select(Export)).id, str(slow))

    assert the(select(Export)).ready
    (file,) = maker.folder.iterdir()
    assert file.read_bytes() == before


def test_what_is_half_made_or_of_no_export_any_more_is_removed(
    app: Flask, maker: Maker
) -> None:
    maker.folder.mkdir(parents=True, exist_ok=True)
    for name in ("7.zip", "7.0123456789abcdef"):
        (maker.folder / name).write_text("somebody's words")

    make(app, maker)

    assert list(maker.folder.iterdir()) == []


def test_a_disk_that_is_nearly_full_keeps_what_texts_need(
    app: Flask,
    maker: Maker,
    ben: Browser,
    ada: Customer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(ben)
    monkeypatch.setattr(room, "ROOM_BYTES", 2**62)

    make(app, maker)

    assert "could not be made" in ben.get("/exports").get_text()
    assert list(maker.folder.iterdir()) == []


def test_who_may_see_less_by_now_asks_for_a_new_one(
    app: Flask, maker: Maker, ben: Browser, ada: Customer
) -> None:
    ask(ben)
    make(app, maker)
    change("Ben", masked=True)

    answer = ben.client.get(f"/exports/{the(select(Export)).id}/file")

    assert answer.status_code == 403


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_refused(
    maker: Maker, ben: Browser, ana: Browser, day: str
) -> None:
    for name in ("since", "until"):
        ben.submit(
            ben.get("/exports"), button="Make it", expect=422, **ASKED | {name: day}
        )
        assert ana.client.get(f"/audit?{name}={day}").status_code == 422
