"""What is stored of a file is stored in steps, and every step is finished."""

import os
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from conversations.db import db, utcnow
from conversations.desk import room, tags
from conversations.desk.imports import asking, storing
from conversations.desk.imports.columns import Columns
from conversations.models import Audit, CustomerImport
from conversations.models.work import Tag
from conversations.worker.importer import Importer, staged
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser
from tests.web.imports.importing import PEOPLE, checked, names, stored, work


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
