"""Customers come from a file: looked at first, then stored, step by step to the end."""

import csv
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select

from conversations.db import db
from conversations.desk import merging, tags
from conversations.models import Audit, ConversationTag
from conversations.models import Customer as CustomerRow
from conversations.web.admin import imports
from conversations.worker.importer import Importer
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.web.imports.importing import (
    HERE,
    PEOPLE,
    bring,
    checked,
    names,
    stored,
    work,
)


def test_customers_are_looked_at_and_then_stored(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    file = b"Name,Phone number\nAda,+12025550142\nBob,+442079460018\nEve,12\n"

    page = checked(ana, importer, file)

    assert "New customers: 2" in page.get_text()
    assert "Rows rejected: 1" in page.get_text()
    assert names(app) == {}

    page = ana.submit(page, button="Store them")
    work(app, importer)

    assert "Stored" in ana.get(page.path).get_text()
    assert names(app) == {"+12025550142": "Ada", "+442079460018": "Bob"}
    assert the(select(Audit).where(Audit.act == "imported")).agent == "Ana Ruiz"


def test_a_file_imported_twice_changes_nothing_the_second_time(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    file = b"number;name\n+12025550142;Ada\n"
    stored(ana, importer, file)

    page = stored(ana, importer, file)

    assert "New customers: 0" in page.get_text()
    assert "There already, as in the file: 1" in page.get_text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_file_is_read(
    app: Flask, ana: Browser, importer: Importer, encoding: str, separator: str
) -> None:
    rows = (("telefono", "nome"), ("+393331234567", "Niccolò Già"))
    text = "".join(f"{separator.join(row)}\r\n" for row in rows)

    stored(ana, importer, text.encode(encoding))

    assert names(app) == {"+393331234567": "Niccolò Già"}


def test_a_name_that_is_there_is_kept_unless_it_is_to_be_replaced(
    app: Flask, ana: Browser, importer: Importer, ada: Customer
) -> None:
    number = ada.number.encode()
    stored(ana, importer, b"number,name\n" + number + b",Ada Byron\n")
    file = b"number,name\n" + number + b",Ada King\n"

    stored(ana, importer, file)
    assert names(app)[ada.number] == "Ada Byron"

    stored(ana, importer, file, names="overwrite")
    assert names(app)[ada.number] == "Ada King"


def test_who_opted_out_stays_so(
    ana: Browser, stage: Stage, importer: Importer, ada: Customer
) -> None:
    ada.texts("STOP")
    stage.read()

    stored(ana, importer, f"number,name\n{ada.number},Ada\n".encode())

    assert ada.conversation.opted_out


def test_tags_go_on_their_conversations(
    ana: Browser, importer: Importer, ada: Customer
) -> None:
    with writing():
        tags.make("vip")
    file = f"number,tags\n{ada.number},VIP\n+12025550199,vip\n+12025550198,new\n"

    page = stored(ana, importer, file.encode())

    assert len(everything(select(ConversationTag))) == 2
    assert "Rows rejected: 1" in page.get_text()


def test_rejected_rows_come_as_a_file_without_formulas(
    ana: Browser, importer: Importer
) -> None:
    file = b"number,name\n=1+1,Eve\n+12025550142,Ada\n+1 202-555-0142,Ada again\n"

    page = checked(ana, importer, file)

    with ana.client.get(f"{page.path}/rejected") as answer:
        rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["line", "2", "4"]
    assert rows[1][1] == "'=1+1"
    assert rows[2][2] == "The same number stands in line 3 already."


def test_national_numbers_need_their_country(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = stored(ana, importer, b"number\n020 7946 0018\n", region="gb")

    assert names(app) == {"+442079460018": None}
    assert "New customers: 1" in page.get_text()


def test_a_file_that_is_no_text_is_refused(ana: Browser, importer: Importer) -> None:
    page = bring(ana, b"PK\x03\x04\x00\x00\x00\x81\x8d", expect=422)

    assert "no table of text" in page.get_text()
    assert not list(importer.folder.iterdir())


def test_only_admins_may(ben: Browser, importer: Importer) -> None:
    ben.get(HERE, expect=403)


def test_a_name_is_the_whole_persons(
    app: Flask, ana: Browser, importer: Importer, ada: Customer, bob: Customer
) -> None:
    with writing():
        rows = db.session.scalars(select(CustomerRow).order_by(CustomerRow.id)).all()
        assert merging.merge(*rows) is None

    stored(ana, importer, f"number,name\n{bob.number},Ada\n".encode())

    assert list(names(app).values()) == ["Ada", "Ada"]


def test_a_file_of_too_many_rows_is_refused(
    ana: Browser, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST_ROWS", 5)

    page = bring(ana, PEOPLE, expect=422)

    assert "more than 5 rows" in page.get_text()
    assert not list(importer.folder.iterdir())
