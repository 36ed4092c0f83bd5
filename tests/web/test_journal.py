"""The journal as admins use it: finding callbacks, and reading many of them again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from conversations.db import db, utcnow
from conversations.desk import journal
from conversations.models import Callback, Line, Message
from conversations.texting import replaying
from tests.support.cast import Caller, Customer, everything, the, writing
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage
from tests.web.journal_page import NONSENSE, first_of, keep, notes


def test_a_search_by_outcome_and_address_finds_only_those(ana: Browser) -> None:
    with writing():
        keep(note="An odd report", address="status")
        keep(note="An odd text")
        keep(note="A parked report", outcome="parked", address="status")
        keep(note="A plain text", outcome="read")

    page = ana.get("/callbacks")
    assert len(notes(page)) == 2
    form = ".journal-search"
    assert len(notes(ana.submit(page, form, outcome="all"))) == 4
    found = ana.submit(page, form, outcome="parked")
    assert "A parked report" in notes(found)[0]
    assert len(notes(ana.submit(page, form, outcome="all", address="inbound"))) == 2
    assert "Nothing found" in ana.submit(page, form, outcome="duplicate").get_text()


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("555-0142", b'{"source": "+12025550142"}'),
        ("+1 202 555 01", b'{"source": "12025550142"}'),
        ("REFUND", b"I want a refund"),
        ("très", "message=C'est très bien".encode()),
        ("très", b"message=tr%c3%a8s+bien"),
        ("très bien", b'{"message": "tr\\u00e8s bien"}'),
        ("see you", b"message=see+you+soon"),
        ("after", b"\xff\x00 after it"),
        ("back\\slash", b"a back\\slash"),
    ],
)
def test_words_and_digits_are_found_however_a_body_spells_them(
    ana: Browser, words: str, body: bytes
) -> None:
    with writing():
        keep(note="This one", body=body)
        keep(note="Not this one", body=b"something else")

    page = ana.submit(ana.get("/callbacks"), ".journal-search", q=words)

    assert len(notes(page)) == 1
    assert "This one" in notes(page)[0]


def test_words_are_found_in_a_query_too(ana: Browser) -> None:
    with writing():
        keep(note="By GET", query="source=12025550142&message=Hi")

    page = ana.get("/callbacks?q=2025550142")

    assert "By GET" in notes(page)[0]


def test_a_search_by_date_goes_by_the_agents_days(ana: Browser) -> None:
    with writing():
        for hour in range(48):
            at = datetime.fromisoformat("2026-03-01T00:30+00:00")
            at += timedelta(hours=hour)
            keep(note=f"Hour {hour}.", received_at=at)

    page = ana.get("/callbacks?since=2026-03-02&until=2026-03-02")

    assert len(notes(page)) == 24
    assert "Hour 47." in notes(page)[0]
    assert "Hour 24." in notes(page)[-1]
    assert not notes(ana.get("/callbacks?since=2026-03-03"))
    ana.get("/callbacks?since=0001-01-01", expect=422)


def test_a_search_that_stops_early_says_so_and_goes_on(ana: Browser) -> None:
    with writing():
        keep(note="The one", body=b"needle")
        keep(journal.LOOKED_THROUGH, body=b"hay")

    page = ana.get("/callbacks?q=needle")

    assert not notes(page)
    assert "stopped there" in page.get_text()
    assert "The one" in notes(ana.follow(page, "Look further back"))[0]


def test_a_body_that_is_not_text_is_shown_safely(ana: Browser) -> None:
    with writing():
        keep(body=b"\xff<script>\xe2\x80\xae", note="Bytes")

    page = first_of(ana, ana.get("/callbacks"))

    assert "\\xff<script>\\u202e" in page.select(".raw")[-1].get_text()
    assert "Not all of it is UTF-8" in page.get_text()


def test_the_fields_and_their_reading_are_shown(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()

    page = first_of(ana, ana.get("/callbacks"))

    said = page.get_text()
    assert "It does not say which number the text came from." in said
    assert "I'd like a refund, please" in page.select("dl.facts")[-1].get_text()


def test_once_a_number_is_ours_what_came_for_it_is_read_again(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    """Every one that matches, in the order in which they came."""
    for n in range(3):
        kaleyra_calls.inbound({"source": "12025550142", "message": f"Text {n}"})
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    with writing():
        retired = {"retired_at": utcnow()}
        db.session.execute(update(Line).where(Line.address != LINE).values(retired))

    page = ana.get("/callbacks?q=2025550142")
    page = ana.submit(page, ".journal", button="Read all that match again")
    assert "3 are being read again" in page.get_text()
    stage.read()

    bodies = everything(select(Message.body).order_by(Message.id))
    assert bodies == ["Text 0", "Text 1", "Text 2"]


def test_a_large_batch_goes_on_where_it_ended(stage: Stage, ana: Browser) -> None:
    with writing():
        keep(replaying.MOST_AT_ONCE + 5, outcome="unreadable")

    page = ana.get("/callbacks")
    page = ana.submit(page, ".journal", button="Read all that match again")
    assert "Older ones are left" in page.get_text()
    assert len(notes(page)) == 5
    stage.read()
    ana.submit(page, ".journal", button="Read all that match again")

    waiting = select(func.count()).where(Callback.outcome == "new")
    assert the(waiting.select_from(Callback)) == 5


def test_a_message_is_never_made_twice_by_reading_again(
    stage: Stage, ana: Browser, ada: Customer
) -> None:
    (callback,) = everything(select(Callback))
    page = ana.get("/callbacks?outcome=all")

    page = ana.submit(page, ".journal", button="Read all that match again")

    assert "0 are being read again" in page.get_text()
    assert the(select(Callback.outcome)) == "read"
    page = ana.submit(
        page, ".journal", button="Read the ticked ones again", callback=str(callback.id)
    )
    assert "1 stayed as they are" in page.get_text()
    stage.read()
    assert len(ada.messages) == 1


def test_only_admins_read_and_correct_callbacks(
    stage: Stage, ben: Browser, browser: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    here = f"/callbacks/{the(select(Callback.id))}"

    for path in ("/callbacks", "/callbacks?q=refund", here):
        assert "refund" not in ben.get(path, expect=403).get_text()
    for path in (f"{here}/text", f"{here}/report", f"{here}/aside", f"{here}/replay",
                 f"{here}/replay-as-it-came", "/callbacks/replays"):  # fmt: skip
        assert ben.client.post(path).status_code == 403
        assert browser.client.post(path).status_code in (302, 303, 401)
    assert the(select(Callback.outcome)) == "unreadable"
