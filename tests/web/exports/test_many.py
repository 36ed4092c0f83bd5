"""Everything an agent may see is exported in the background, for them alone."""

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from conversations.db import db
from conversations.models import Export
from conversations.web.exports.many import Maker
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import change, give, team_of

ASKED = {"state": "any", "format": "csv"}


@pytest.fixture
def maker(stage: Stage, tmp_path: Path) -> Iterator[Maker]:
    """The making of exports, on call, in a folder of its own."""
    usual = stage.app.extensions["parley"]
    config = replace(usual, instance=tmp_path)
    stage.app.extensions["parley"] = config
    yield Maker(config)
    stage.app.extensions["parley"] = usual


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
    assert "Ready: 2 messages" in page.get_text()
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
