"""What tests of imports share."""

from io import BytesIO

from flask import Flask
from sqlalchemy import select

from conversations.db import db, reading
from conversations.models import Customer as CustomerRow
from conversations.worker.importer import Importer
from tests.support.pages import Browser, Page

HERE = "/settings/import"


def bring(browser: Browser, content: bytes, expect: int = 200) -> Page:
    page = browser.get(HERE)
    token = page.select_one("form [name=csrf_token]")["value"]
    given = {"csrf_token": token, "file": (BytesIO(content), "people.csv")}
    answer = browser.client.post(HERE, data=given, headers={"Referer": page.url})
    assert answer.status_code == (303 if expect == 200 else expect)
    return browser.get(answer.headers["Location"]) if expect == 200 else Page(answer)


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


PEOPLE = b"number,name\n" + b"".join(
    f"+1202555{n:04},Nr {n}\n".encode() for n in range(5)
)
