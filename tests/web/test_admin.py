"""What only admins see: lines and callbacks."""

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Callback, Line
from tests.support.cast import Caller, everything, writing
from tests.support.pages import Browser
from tests.support.stage import Stage


def test_admin_pages_are_for_admins_alone(browser: Browser, ben: Browser) -> None:
    for path in ("/lines", "/callbacks", "/callbacks/1"):
        assert "for admins" in ben.get(path, expect=403).get_text()
        assert browser.get(path).path == "/sign-in"
    assert not ben.get("/profile").select(".rail a[href='/lines']")


def test_an_admin_sees_why_a_line_is_paused_and_resumes_it(ana: Browser) -> None:
    with writing():
        values = {"paused_at": utcnow(), "pause_reason": "Kaleyra refused our key."}
        db.session.execute(update(Line).values(**values))

    page = ana.get("/lines")
    assert page.get_text().count("Kaleyra refused our key.") >= 2
    page = ana.submit(page, page.select(".line--paused form")[0])

    paused = everything(select(Line.paused_at).order_by(Line.id))
    assert paused[0] is None
    assert paused[1] is not None
    ana.get("/lines")


def test_resuming_a_line_that_is_not_there_is_not_found(ana: Browser) -> None:
    with writing():
        db.session.execute(update(Line).values(paused_at=utcnow()))
    page = ana.get("/lines")
    form = page.select_one(".line--paused form")
    form["action"] = "/lines/4711/resumption"

    ana.submit(page, form, expect=404)


def test_what_could_not_be_read_is_listed_with_numbers_masked(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.post("inbound", data=b"\x00<b>{nonsense", content_type="text/plain")
    stage.read()
    with writing():
        said = "A report about +12025550142 names a text we never sent."
        db.session.execute(update(Callback).values(note=said))

    page = ana.get("/callbacks")

    assert "A report about ***142 names" in page.select_one(".event").get_text()
    whole = ana.get(page.select_one(".event a")["href"])
    assert "\\x00<b>{nonsense" in whole.select(".raw")[-1].get_text()


def test_the_journal_goes_back_page_by_page(ana: Browser) -> None:
    with writing():
        for n in range(60):
            db.session.add(odd(note=f"Oddity {n}"))

    page = ana.get("/callbacks")
    older = ana.follow(page, "Older callbacks")

    assert len(page.select(".event")) == 50
    assert len(older.select(".event")) == 10
    assert "Oddity 59" in page.select_one(".event").get_text()


def test_the_secret_in_an_address_is_not_shown(ana: Browser) -> None:
    with writing():
        db.session.add(odd(query="a=1&token=hush&b=2"))

    page = ana.get("/callbacks")
    whole = ana.get(page.select_one(".event a")["href"])

    assert "a=1&token=***&b=2" in whole.get_text()
    assert "hush" not in whole.get_text()


def odd(note: str = "", query: str = "") -> Callback:
    return Callback(
        address="inbound",
        received_at=utcnow(),
        method="POST",
        content_type="",
        query=query,
        body=b"",
        outcome="odd",
        note=note,
    )
