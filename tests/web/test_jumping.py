"""Jumping in a thread: to a day, the beginning, the next failed text, the next note."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from conversations.db import db, utcnow
from conversations.desk import closing
from conversations.models import Agent, Conversation, Episode, Message
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.test_page_cost import counting

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def long(ada: Customer) -> Customer:
    """Ada has written on a hundred days; the 30th and the 60th text are failed ones."""
    first = ada.messages[0]
    with writing():
        here = update(Message).where(Message.id == first.id)
        db.session.execute(here.values(created_at=NOON))
        rows = [row(first, day) for day in range(1, 100)]
        db.session.execute(insert(Message), rows)
        db.session.execute(
            update(Conversation).values(last_message_id=first.id + len(rows))
        )
    return ada


def row(first: Message, day: int) -> dict[str, object]:
    failed, noted = day in (30, 60), day in (20, 70)
    return {
        "conversation_id": first.conversation_id,
        "direction": "outbound" if failed else "note" if noted else "inbound",
        "status": "failed" if failed else "noted" if noted else "received",
        "body": f"Day {day}",
        "segments": 1,
        "encoding": "gsm7",
        "created_at": NOON + timedelta(days=day),
    }


def jump(browser: Browser, customer: Customer, query: str) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}/jump?{query}")


def marked(page: Page) -> str:
    """What the message says that the address marks."""
    fragment = page.response.request.url, page.url
    at = page.url.rpartition("at=")[2].partition("&")[0]
    assert at, fragment
    return page.select_one(f"#message-{at} .message__body").get_text()


def number(customer: Customer, body: str) -> int:
    return next(each.id for each in customer.messages if each.body == body)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2026-03-01", "Hi, is my order ready?"),
        ("2026-04-10", "Day 40"),
        ("2019-01-01", "Hi, is my order ready?"),
        ("2031-01-01", "Day 99"),
    ],
)
def test_a_day_leads_to_its_first_message(
    ben: Browser, long: Customer, day: str, there: str
) -> None:
    page = jump(ben, long, f"day={day}")

    assert marked(page) == there
    assert len(page.select(".message")) > 1


def test_a_day_begins_where_the_agent_is(ben: Browser, long: Customer) -> None:
    with writing():
        db.session.execute(update(Agent).values(time_zone="Pacific/Auckland"))

    assert marked(jump(ben, long, "day=2026-04-11")) == "Day 40"


@pytest.mark.parametrize("day", ["", "soon", "0001-01-01", "9999-12-31", "2026-02-31"])
def test_whatever_is_typed_as_a_day_breaks_nothing(
    ben: Browser, long: Customer, day: str
) -> None:
    with writing():
        db.session.execute(update(Agent).values(time_zone="Europe/Rome"))

    jump(ben, long, f"day={day}")


def test_the_first_message_is_one_press_away(ben: Browser, long: Customer) -> None:
    page = ben.get(f"/conversations/{long.conversation.id}")

    there = ben.submit(page, ".jump__form", button="First message")

    assert marked(there) == "Hi, is my order ready?"


def test_one_goes_from_failure_to_failure_and_is_told_where_they_end(
    ben: Browser, long: Customer
) -> None:
    page = ben.get(f"/conversations/{long.conversation.id}")

    last = ben.submit(page, ".jump__form", button="Failed before")
    first = ben.submit(last, ".jump__form", button="Failed before")
    none = ben.submit(first, ".jump__form", button="Failed before")
    again = ben.submit(first, ".jump__form", button="Failed after")

    assert [marked(last), marked(first), marked(again)] == [
        "Day 60",
        "Day 30",
        "Day 60",
    ]
    assert "No other text failed that way." in none.get_text()
    assert marked(none) == "Day 30"


def test_one_goes_from_note_to_note(ben: Browser, long: Customer) -> None:
    middle = number(long, "Day 50")

    assert marked(jump(ben, long, f"to=note-before&from={middle}")) == "Day 20"
    assert marked(jump(ben, long, f"to=note-after&from={middle}")) == "Day 70"


def test_a_jump_keeps_the_view_of_the_list(ben: Browser, long: Customer) -> None:
    page = ben.get(f"/conversations/{long.conversation.id}?state=any&box=mine")

    there = ben.submit(page, ".jump__form", button="First message")

    assert "state=any" in there.url
    assert "box=mine" in there.url


@pytest.mark.parametrize("to", ["first", "failed-before", "note-after", ""])
def test_a_jump_costs_the_same_in_a_thread_of_any_length(
    ben: Browser, long: Customer, to: str
) -> None:
    """Halving asks once for every doubling; nothing else asks twice."""
    path = f"/conversations/{long.conversation.id}/jump?to={to}&day=2026-04-10"
    ben.client.get(path)

    with counting(ben.client.application) as queries:
        ben.client.get(path)

    assert len(queries) <= (4 if to else 14), "\n".join(queries)


def test_the_timeline_has_every_episode_with_who_closed_it(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "Yes")
    with writing():
        row = db.session.get_one(Conversation, ada.conversation.id)
        closer = db.session.scalars(select(Agent)).one()
        assert closing.close(row, closer, row.last_message_id or 0) is None
    episode = the(select(Episode))
    with writing():
        past = db.session.get_one(Episode, episode.id)
        past.opened_at, past.tags = (
            utcnow() - timedelta(hours=5, minutes=1),
            "orders, late",
        )
    ada.texts("One more thing")
    stage.read()

    page = ben.get(f"/conversations/{ada.conversation.id}/episodes")

    now, then = page.select(".episode")
    assert "open for 1 min" in now.get_text()
    assert "took 5 h" in then.get_text()
    assert "Ben Okafor" in then.get_text()
    assert [tag.get_text() for tag in then.select(".tag")] == ["orders", "late"]
    assert then.select_one("a")["href"] == f"/messages/{episode.first_message_id}"


def test_a_long_timeline_comes_in_pages(ben: Browser, ada: Customer) -> None:
    with writing():
        for _ in range(45):
            db.session.add(Episode(conversation_id=ada.conversation.id))
    path = f"/conversations/{ada.conversation.id}/episodes"

    page = ben.fragment(path)
    older = ben.follow(page, "Older episodes")
    oldest = ben.follow(older, "Older episodes")

    assert [len(each.select(".episode")) for each in (page, older, oldest)] == [
        21,
        20,
        5,
    ]
