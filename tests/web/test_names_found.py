"""People are found by their names, however typed, the same on both databases."""

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text

from conversations import schema
from conversations.db import db
from conversations.models import Customer as CustomerRow
from tests.support.cast import Customer, writing
from tests.support.fresh import app_on, release
from tests.support.pages import Browser, Page

# A name, what finds it, and what does not.
NAMES = (
    ("José Núñez", ("Jose", "JOSÉ", "jose nun", "Nunez", "ñe"), ("Josef", "Joze")),
    ("Café München GmbH", ("munchen", "MÜNCH", "cafe m"), ("muenchen",)),
    ("Groß & Straße", ("gross", "STRASSE", "groß & str"), ("grosz",)),
    ("Łukasz Øster", ("lukasz", "oster", "ØST"), ("ukasz lu",)),
    ("İrem Çelik", ("irem", "celik", "İREM"), ("cellik",)),
    ("Ελένη", ("ελενη", "ΕΛΈΝΗ"), ("ελεμη",)),
    ("Алёна Райская", ("алена", "райска"), ("алина",)),
    ("田中さくら", ("田中", "さくら"), ("さぐら",)),
    ("Nguyễn Thị", ("nguyen thi", "Nguyễn"), ("nguyan",)),
    ("50% off_sale", ("50% off", "off_sale"), ("off%sale", "offxsale")),
    ("O'Brien-D\u2019Arcy", ("o'brien", "O\u2019BRIEN-D'ARCY"), ("obrien",)),
)


def call(customer: Customer, name: str) -> None:
    with writing():
        here = select(CustomerRow).where(CustomerRow.address == customer.number)
        db.session.scalars(here).one().rename(name)


@pytest.mark.parametrize(("name", "finding", "others"), NAMES)
def test_a_name_is_found_without_its_accents_and_with_them(
    ben: Browser,
    ada: Customer,
    name: str,
    finding: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    call(ada, name)
    search = ben.get("/search")

    for words in (*finding, name):
        assert in_the_inbox(ben, words), words
        assert in_the_search(ben, search, words), words
    for words in others:
        assert not in_the_inbox(ben, words), words
        assert not in_the_search(ben, search, words), words


def in_the_inbox(browser: Browser, words: str) -> bool:
    return bool(browser.get("/conversations", query_string={"q": words}).select(".row"))


def in_the_search(browser: Browser, search: Page, words: str) -> bool:
    page = browser.submit(search, "#search-form", q=words)
    return bool(page.select(".found__person"))


def test_names_from_before_are_found_too(own_database: str) -> None:
    app = app_on(own_database)
    with app.app_context():
        upgrade(directory=schema.MIGRATIONS, revision="0021")
        row = text(
            "INSERT INTO customer (id, address, digits, name, name_key, created_at)"
            " VALUES (:id, :id, :id, :name, :key, '2026-11-22 09:00:00.000000')"
        )
        for id, name in enumerate(("José", "Ana", None), start=1):
            key = name and name.casefold()
            db.session.execute(row, {"id": id, "name": name, "key": key})
        db.session.commit()
        release()

        schema.migrate()

        keys = db.session.scalars(select(CustomerRow.name_key).order_by(CustomerRow.id))
        assert list(keys) == ["jose", "ana", None]
        release()
