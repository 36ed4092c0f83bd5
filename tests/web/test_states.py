"""What agents decide about a conversation, in the head of its thread."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import Agent, Conversation
from conversations.web.showing import states
from tests.support.cast import Customer, we_reply, writing
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.web.deciding import events, state_of, thread, waits_since

NEXT_YEAR = utcnow().year + 1


SOON, SAID = f"{NEXT_YEAR}-01-02T09:00", f"2 Jan {NEXT_YEAR}, 09:00"


def test_the_wait_is_coloured_against_the_goal(ben: Browser, ada: Customer) -> None:
    for minutes, tone, words in (
        (3, "fine", "3 min"),
        (20, "soon", "20 min"),
        (31, "late", "31 min"),
        (200, "late", "3 h"),
        (3 * 24 * 60, "late", "3 days"),
    ):
        waits_since(ada, minutes)
        for page in (thread(ben, ada), ben.get("/conversations")):
            mark = page.select_one(f".wait--{tone}")
            assert mark.select_one("time").get_text() == words
            assert mark["data-goal"] == "1800"


def test_opening_and_reading_answer_nobody(ben: Browser, ada: Customer) -> None:
    ben.submit(thread(ben, ada), button="Mark as read")

    assert thread(ben, ada).select_one("#state .wait")


def test_no_reply_needed_ends_the_wait_and_says_who_said_so(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), button="No reply needed")

    assert not page.select_one(".wait")
    assert events(page)[0].startswith("Ben Okafor said that no reply is needed")
    page = ben.submit(page, button="Needs a reply")
    assert page.select_one("#state .wait")


def test_what_the_customer_wrote_meanwhile_is_not_answered_blindly(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    before = thread(ben, ada)
    ada.texts("And the other one?")
    stage.read()

    for button in ("No reply needed", "Close", "Until the next text"):
        page = ben.submit(before, button=button)
        assert "The customer wrote again meanwhile" in state_of(page)

    row = ada.conversation
    assert row.waiting_since
    assert (row.closed_at, row.snoozed_at) == (None, None)


def test_a_promise_stands_out_when_it_is_due(ben: Browser, ada: Customer) -> None:
    page = ben.submit(thread(ben, ada), at=SOON, note="Call back")
    assert f"Follow up: {SAID} · Call back" in state_of(page)
    with writing():
        row = db.session.get_one(Conversation, ada.conversation.id)
        row.follow_up_at = utcnow() - timedelta(minutes=1)

    assert "Follow up now" in state_of(thread(ben, ada))
    assert "Follow up now" in ben.get("/conversations?due=1").get_text()
    page = ben.submit(thread(ben, ada), button="Followed up")

    assert "Call back" not in state_of(page)
    assert ada.conversation.follow_up_at is None


def test_a_promise_is_for_a_time_yet_to_come(ben: Browser, ada: Customer) -> None:
    for at in ("2020-01-01T09:00", "tomorrow"):
        page = ben.submit(thread(ben, ada), at=at, note="Call back")
        assert "Choose a time that is yet to come." in state_of(page)
    page = ben.submit(thread(ben, ada), at=SOON, note="x" * 201)
    assert "at most 200 characters" in state_of(page)
    assert ada.conversation.follow_up_at is None


def test_times_are_those_of_the_agents_zone(ben: Browser, ada: Customer) -> None:
    with writing():
        db.session.scalars(select(Agent)).one().time_zone = "Asia/Tokyo"

    page = ben.submit(thread(ben, ada), at=SOON, note="")

    local = ada.conversation.follow_up_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{local:%Y-%m-%dT%H:%M}" == SOON
    assert SAID in state_of(page)


def test_snoozing_puts_away_until_then(ben: Browser, ada: Customer) -> None:
    page = ben.submit(thread(ben, ada), until=SOON)
    assert f"Snoozed until {SAID}" in state_of(page)
    assert not ben.get("/conversations").select(".row")
    assert ben.get("/conversations?state=snoozed").select(".row")

    page = ben.submit(page, button="Wake")

    assert ada.conversation.snoozed_at is None
    assert "Tomorrow, 09:00" in state_of(page)


def test_a_snooze_is_reckoned_from_when_it_was_chosen(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)

    for button in ("Tomorrow, 09:00", "Monday, 09:00"):
        before = page.select_one(f"button:-soup-contains('{button}')")["value"]
        assert not before[:1].isdigit()
    ben.submit(page, button="In 3 hours")

    three_hours = timedelta(hours=3)
    passed = utcnow() - ada.conversation.snoozed_until + three_hours
    assert timedelta(0) <= passed < timedelta(minutes=1)


ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("3h", "2026-10-25T03:30+01:00"),
        ("tomorrow", "2026-10-26T09:00+01:00"),
        ("monday", "2026-10-26T09:00+01:00"),
        ("2026-10-25T12:00", "2026-10-25T12:00+01:00"),
    ],
)
def test_snoozes_go_by_the_clock_that_is_changed_meanwhile(
    chosen: str, expected: str
) -> None:
    night = datetime(2026, 10, 24, 23, 30, 40, tzinfo=UTC)

    until = states.until(chosen, ROME, night)

    assert until
    assert until.astimezone(ROME).isoformat(timespec="minutes") == expected


def test_a_script_gets_the_head_alone(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    token = page.select_one("[name=csrf_token]")["value"]
    said = {"csrf_token": token, "seen": ada.conversation.last_message_id}

    answer = ben.client.post(
        f"/conversations/{ada.conversation.id}/answered",
        data=said,
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<header class="thread__head"')
    assert "<html" not in answer.text


def test_nothing_is_decided_about_what_is_not_there(
    ben: Browser, ada: Customer
) -> None:
    token = thread(ben, ada).select_one("[name=csrf_token]")["value"]
    for way in ("answered", "closed", "open", "snooze", "awake", "follow-up", "tags"):
        path = f"/conversations/4711/{way}"
        answer = ben.client.post(path, data={"csrf_token": token})
        assert answer.status_code == 404
        assert ben.client.post(path).status_code == 400


def test_a_reply_answers_and_a_note_from_a_program_does_not(
    ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "We have got your text.")
    assert thread(ben, ada).select_one("#state .wait")

    ben.submit(thread(ben, ada), body="It is ready")

    assert not thread(ben, ada).select_one("#state .wait")
