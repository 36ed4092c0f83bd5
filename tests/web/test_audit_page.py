"""The trail is searched, paged and exported, by admins."""

import csv
import zipfile
from io import BytesIO, StringIO

from tests.support.cast import Customer
from tests.support.pages import Browser
from tests.web.audit_trail import note_some


def test_the_trail_is_searched_and_paged(ana: Browser, ada: Customer) -> None:
    note_some(60)
    ana.get(f"/conversations/{ada.conversation.id}")

    page = ana.get("/audit?act=opened")
    assert "Opened a thread" in page.select_one(".events").get_text()
    assert len(page.select(".event")) == 1
    first = ana.get("/audit?act=replied")
    assert len(first.select(".event")) == 50
    assert len(ana.follow(first, "Older").select(".event")) == 10
    ana.get("/audit?subject=x", expect=422)
    assert "Nothing found" in ana.get("/audit?since=2020-01-01&until=2020-01-02").text


def test_what_is_found_is_exported(ana: Browser, ada: Customer) -> None:
    ana.get(f"/conversations/{ada.conversation.id}")

    answer = ana.submit(ana.get("/audit?act=opened"), button="Export these").response

    with zipfile.ZipFile(BytesIO(answer.data)) as zipped:
        rows = zipped.read("audit.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(rows, newline=""))
    assert (row["act"], row["name"]) == ("opened", "Ana Ruiz")


def test_only_admins_see_the_trail(ben: Browser) -> None:
    ben.get("/audit", expect=403)
