"""Customers come from a file: looked at first, then stored, step by step to the end."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from conversations.db import db, reading, utcnow
from conversations.desk import merging, room, tags
from conversations.desk.imports import asking, storing
from conversations.desk.imports.columns import Columns
from conversations.models import Audit, ConversationTag, CustomerImport
from conversations.models import Customer as CustomerRow
from conversations.models.work import Tag
from conversations.web.admin import imports
from conversations.worker.importer import Importer, staged
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

HERE = "/settings/import"


@pytest.fixture
def importer(stage: Stage, tmp_path: Path) -> Iterator[Importer]:
    """The work of importing, on call, with a folder of its own."""
    usual = stage.app.extensions["parley"]
    config = replace(usual, instance=tmp_path)
    stage.app.extensions["parley"] = config
    yield Importer(config)
    stage.app.extensions["parley"] = usual


def bring(browser: Browser, content: bytes, expect: int = 200) -> Page:
    page = browser.get(HERE)
    token = page.select_one("form [name=csrf_token]")["value"]
    given = {"csrf_token": token, "file": (BytesIO(content), "people.csv")}
    answer = browser.client.post(HERE, data=given, headers={"Referer": page.url})
    assert answer.status_code == (303 if expect == 200 else expect)
    return browser.get(answer.headers["Location"]) if expect == 200 else Page.of(answer)


def work(app: Flask, importer: Importer) -> None:
    with app.app_context():
        while importer.step() == 0.0:
            pass


def checked(
    browser: Browser, importer: Importer, content: bytes, **chosen: object
) -> Page:
    page = browser.submit(bring(browser, content), button="Check it", **chosen)
    work(browser.client.application, importer)
    return browser.get(page.path)


def stored(
    browser: Browser, importer: Importer, content: bytes, **chosen: object
) -> Page:
    page = checked(browser, importer, content, **chosen)
    page = browser.submit(page, button="Store them")
    work(browser.client.application, importer)
    return browser.get(page.path)


def names(app: Flask) -> dict[str, str | None]:
    with app.app_context(), reading():
        rows = db.session.execute(select(CustomerRow.address, CustomerRow.name))
        return dict(list(rows))


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


def test_the_file_is_gone_once_it_is_stored(ana: Browser, importer: Importer) -> None:
    stored(ana, importer, b"number\n+12025550142\n")

    left = {path.suffix for path in importer.folder.iterdir()}
    assert left == {".rejected"}


def test_old_imports_are_forgotten(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    stored(ana, importer, b"number\n+12025550142\n")

    importer.days, importer.looks = -1, 0
    work(app, importer)

    assert everything(select(func.count(CustomerImport.id))) == [0]
    assert not list(importer.folder.iterdir())


def test_only_admins_may(ben: Browser, importer: Importer) -> None:
    ben.get(HERE, expect=403)


def test_what_goes_wrong_half_way_leaves_nothing_behind(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = checked(ana, importer, b"number\n+12025550142\n")
    with next(importer.folder.glob("*.staged")).open("a") as file:
        file.write("torn")

    ana.submit(page, button="Store them")
    work(app, importer)

    assert "Nothing was changed" in ana.get(page.path).get_text()
    assert names(app) == {}


PEOPLE = b"number,name\n" + b"".join(
    f"+1202555{n:04},Nr {n}\n".encode() for n in range(5)
)


def test_who_takes_over_goes_on_where_it_was(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = ana.submit(checked(ana, importer, PEOPLE), button="Store them")
    id, dead = half_stored(app, importer)
    assert "2 of 5 rows are stored" in ana.get(page.path).get_text()

    work(app, importer)

    assert len(names(app)) == 5
    assert "New customers: 5" in ana.get(page.path).get_text()
    assert len(everything(select(Audit).where(Audit.act == "imported"))) == 1
    with app.app_context(), pytest.raises(asking.Lost):
        asking.store_on(id, dead, 2, 1, dict.fromkeys(asking.STEPS, 0))


def half_stored(app: Flask, importer: Importer) -> tuple[int, str]:
    """Two rows of an import are stored, and then the worker, named here too, dies."""
    with app.app_context():
        id = db.session.scalars(select(CustomerImport.id)).one()
        maker = asking.claim(id)
        assert maker
        asking.begin_storing(id, maker)
        entries = list(staged(asking.Place(importer.folder, id), 0))[:2]
        found = storing.difference(entries, Columns())
        counts = storing.store(entries, found, Columns())
        asking.store_on(id, maker, 0, 2, counts)
        long_ago = utcnow() - timedelta(hours=1)
        db.session.execute(update(CustomerImport).values(touched_at=long_ago))
        db.session.commit()
    return id, maker


def test_what_is_lost_while_it_is_stored_is_said_and_can_be_checked_again(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = ana.submit(checked(ana, importer, PEOPLE), button="Store them")
    half_stored(app, importer)
    next(importer.folder.glob("*.staged")).unlink()

    work(app, importer)

    page = ana.get(page.path)
    assert "The first 2 rows are stored" in page.get_text()
    ana.submit(page, button="Check it")
    work(app, importer)
    ana.submit(ana.get(page.path), button="Store them")
    work(app, importer)
    assert len(names(app)) == 5


def test_what_is_not_as_it_was_checked_is_not_stored(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = ana.submit(checked(ana, importer, PEOPLE), button="Store them")
    next(importer.folder.glob("*.staged")).write_text('["+12025550000", "Eve", []]\n')

    work(app, importer)

    assert "Nothing was changed" in ana.get(page.path).get_text()
    assert names(app) == {}


def test_a_tag_that_is_deleted_meanwhile_is_left_out_and_counted(
    app: Flask, ana: Browser, importer: Importer, ada: Customer
) -> None:
    with writing():
        tags.make("vip")
    file = f"number,name,tags\n{ada.number},Ada,VIP\n".encode()
    page = ana.submit(checked(ana, importer, file), button="Store them")
    with writing():
        db.session.execute(delete(Tag))

    work(app, importer)

    assert "is gone: 1" in ana.get(page.path).get_text()
    assert names(app)[ada.number] == "Ada"


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


def test_nothing_is_staged_on_a_disk_that_is_full(
    ana: Browser, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "ROOM_BYTES", 2**62)

    page = checked(ana, importer, PEOPLE)

    assert "could not be read" in page.get_text()
    assert [each.suffix for each in importer.folder.iterdir()] == [".csv"]


def test_files_that_belong_to_nothing_are_deleted(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    checked(ana, importer, PEOPLE)
    kept = {path.name for path in importer.folder.iterdir()}
    for name in ("9997.csv", "tmpabc.part", "1.0abc.staged"):
        (importer.folder / name).touch()
        os.utime(importer.folder / name, (0, 0))
    (importer.folder / "9998.csv").touch()

    importer.looks = 0
    work(app, importer)

    left = {path.name for path in importer.folder.iterdir()}
    assert left == {*kept, "9998.csv"}


def test_what_is_being_stored_is_not_forgotten(
    app: Flask, ana: Browser, importer: Importer
) -> None:
    page = ana.submit(checked(ana, importer, PEOPLE), button="Store them")

    importer.days, importer.looks = -1, 0
    work(app, importer)

    assert len(names(app)) == 5
    assert "Stored" in ana.get(page.path).get_text()
