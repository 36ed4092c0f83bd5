"""What a search finds is taken away whole, for whoever searched alone."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from conversations.config import Config
from conversations.db import db
from conversations.desk import noting, tags
from conversations.desk.exports import checking, sought
from conversations.models import Agent, Audit, Conversation, Customer, Export
from conversations.web.exports.many import Maker
from tests.searching.conftest import index_all
from tests.support import cast
from tests.support.cast import everything, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import change, give, team_of
from tests.web.exports.test_many import make, rows_of

TEXTS, WHOLE = "Take away", "Take away whole conversations"


@pytest.fixture
def maker(own_folder: Config) -> Maker:
    """The making of exports, on call, in a folder of its own."""
    return Maker(own_folder)


def search(browser: Browser, words: str) -> Page:
    return browser.submit(browser.get("/search"), "#search-form", q=words)


def ask(browser: Browser, words: str, **fields: str) -> Page:
    """From the search to the export, as a person would."""
    page = browser.submit(search(browser, words), ".found__away")
    return browser.submit(page, button="Make it", **fields)


def file_of(browser: Browser) -> bytes:
    page = browser.get("/exports")
    with browser.client.get(page.select_one("a[download]")["href"]) as answer:
        return bytes(answer.data)


def taken(
    app: Flask, maker: Maker, browser: Browser, words: str, **fields: str
) -> list[str]:
    """The texts of the CSV file of what this search finds."""
    ask(browser, words, **fields)
    make(app, maker)
    return [row["text"] for row in rows_of(file_of(browser))]


def test_all_that_is_found_is_in_the_file_and_nothing_else(
    app: Flask, maker: Maker, stage: Stage, ben: Browser, ada: cast.Customer
) -> None:
    for n in range(60):
        ada.texts(f"Parcel number {n}")
    stage.read()
    index_all(stage.app)
    ada.texts("A parcel that is in no index yet")
    stage.read()

    page = search(ben, "parc")
    assert page.select_one(".found__away button").get_text(strip=True) == (
        "Take away all texts found"
    )
    found = taken(app, maker, ben, "parc")

    assert len(found) == 61
    assert found[0] == "Parcel number 0"
    assert "Ready: 61 messages" in ben.get("/exports").get_text()


def test_phrases_and_chips_narrow_it(
    app: Flask, maker: Maker, stage: Stage, ben: Browser, ada: cast.Customer
) -> None:
    ada.texts("ready is my order")
    stage.read()
    we_reply(ada, "Your order ready is")
    index_all(stage.app)

    assert taken(app, maker, ben, '"order ready" from:customer') == [
        "Hi, is my order ready?"
    ]
    assert taken(app, maker, ben, "from:agent") == ["Your order ready is"]


def test_whole_conversations_are_those_of_the_people_and_of_the_texts(
    app: Flask,
    maker: Maker,
    stage: Stage,
    ben: Browser,
    ada: cast.Customer,
    bob: cast.Customer,
) -> None:
    with writing():
        number = Customer.address == ada.number
        db.session.scalars(select(Customer).where(number)).one().rename("Deliverina")
    bob.texts("Thanks")
    stage.read()

    found = taken(app, maker, ben, "deliver", whole="1")

    assert sorted(found) == sorted([ada.texted[0], *bob.texted])


def test_notes_come_along_only_when_wanted(
    app: Flask, maker: Maker, ben: Browser, ada: cast.Customer
) -> None:
    with writing():
        conversation = db.session.get_one(Conversation, ada.conversation.id)
        author = db.session.scalars(select(Agent)).first()
        noting.add(author, conversation, "Ask about the order again", "k1")

    assert taken(app, maker, ben, "order") == [ada.texted[0]]
    assert len(taken(app, maker, ben, "order", notes="1")) == 2
    assert taken(app, maker, ben, "again", whole="1") == [ada.texted[0]]
    assert taken(app, maker, ben, "order from:note", notes="1") == [
        "Ask about the order again"
    ]


def test_it_has_only_what_its_asker_may_see(
    app: Flask,
    maker: Maker,
    ana: Browser,
    ben: Browser,
    ada: cast.Customer,
    bob: cast.Customer,
) -> None:
    ask(ben, "from:customer", whole="1")
    give(ada, team_of("Billing", "Ana"))
    change("Ben", masked=True)

    make(app, maker)

    rows = rows_of(file_of(ben))
    assert [(row["number"], row["text"]) for row in rows] == [
        ("•••• 0018", bob.texted[0])
    ]
    assert taken(app, maker, ben, "from:customer") == [bob.texted[0]]


def test_a_page_of_many_threads_is_one_file(
    app: Flask, maker: Maker, ben: Browser, ada: cast.Customer, bob: cast.Customer
) -> None:
    we_reply(ada, "It is <b>ready</b>")
    ask(ben, "from:customer", whole="1", format="html")
    make(app, maker)

    with zipfile.ZipFile(BytesIO(file_of(ben))) as zipped:
        page = BeautifulSoup(zipped.read("messages.html"), "html.parser")

    assert len(page.select("h1")) == 1
    assert len(page.select(".paper__thread h2")) == 2
    assert [each.get_text() for each in page.select(".paper__text")] == [
        ada.texted[0],
        "It is <b>ready</b>",
        bob.texted[0],
    ]
    assert not page.select("script, [src], link[rel=stylesheet]")


def test_everything_of_a_view_can_be_a_page_or_a_document(
    app: Flask, maker: Maker, ben: Browser, ada: cast.Customer, bob: cast.Customer
) -> None:
    for kind in ("html", "json"):
        ben.submit(ben.get("/exports"), button="Make it", state="any", format=kind)
        make(app, maker)
        with zipfile.ZipFile(BytesIO(file_of(ben))) as zipped:
            text = zipped.read(f"messages.{kind}").decode()
        if kind == "json":
            assert [each["text"] for each in json.loads(text)["messages"]] == [
                ada.texted[0],
                bob.texted[0],
            ]
        assert text.count("paper__thread") >= (kind == "html")


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "html"])
def test_its_manifest_shows_what_was_changed(
    app: Flask,
    maker: Maker,
    ben: Browser,
    ada: cast.Customer,
    tmp_path: Path,
    kind: str,
) -> None:
    ask(ben, "order", format=kind)
    make(app, maker)
    here = tmp_path / "export.zip"
    here.write_bytes(file_of(ben))

    assert checking.faults(here, maker.secret) == []
    with zipfile.ZipFile(here) as zipped:
        said = json.loads(zipped.read("manifest.json"))
    assert said["what"]["search"] == "order"
    assert said["files"][0]["rows"] == 1


def test_what_was_looked_for_is_in_no_audit_trail(
    maker: Maker, ben: Browser, ada: cast.Customer
) -> None:
    ask(ben, "order from:customer")

    (entry,) = everything(select(Audit).where(Audit.act == "exported"))

    assert "order" not in entry.detail
    assert "from" in entry.detail


def test_a_filter_that_means_nothing_any_more_is_no_export_of_all(
    app: Flask, maker: Maker, ben: Browser, ada: cast.Customer
) -> None:
    with writing():
        tags.make("orders")
        conversation = db.session.get_one(Conversation, ada.conversation.id)
        tags.add(conversation, "orders")
    ask(ben, "tag:orders")
    with writing():
        row = the(select(Export))
        row.search = row.search.replace("orders", "gone")
        db.session.merge(row)

    make(app, maker)

    assert "could not be made" in ben.get("/exports").get_text()


def test_nothing_is_asked_of_a_search_for_nothing(maker: Maker, ben: Browser) -> None:
    page = ben.get("/search")
    assert not page.select(".found__away")

    token = page.select_one("input[name=csrf_token]")["value"]
    asked = {"csrf_token": token, "q": "", "format": "csv"}

    assert ben.client.post("/exports/search/ask", data=asked).status_code == 422


def test_stretches_of_ids_leave_nothing_out(
    app: Flask,
    maker: Maker,
    stage: Stage,
    ben: Browser,
    ada: cast.Customer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sought, "STRETCH", 3)
    for n in range(10):
        ada.texts(f"Order {n}")
    stage.read()
    index_all(stage.app)
    ada.texts("Order 10")
    stage.read()

    assert len(taken(app, maker, ben, "order")) == 12
