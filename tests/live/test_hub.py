"""A commit anywhere is told to every open stream, by ids alone."""

import json
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from conversations.db import db
from conversations.live import stream
from conversations.live.hub import BACKLOG, END, RESYNC, Hub, Listener, everything
from conversations.models import Line, Message
from conversations.texting import line_state
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.stage import Stage, until

CUT_LISTENERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN%' AND datname = current_database()
"""


@pytest.fixture
def hub(stage: Stage) -> Iterator[Hub]:
    """A hub that is listening to the database."""
    hub = Hub(stage.app)
    listener = hub.listen()
    hub.start()
    assert listener.take(5) == RESYNC
    hub.leave(listener)
    yield hub
    hub.stop()
    hub.join()


def changes_in(news: bytes | None) -> list[dict[str, int]]:
    events = (news or b"").decode().split("\n\n")
    return [json.loads(event.partition("data: ")[2]) for event in events if event]


def test_a_customers_text_is_told_with_its_ids_and_nothing_else(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    listener = hub.listen()

    ada.texts("A secret")
    stage.read()

    news = listener.take(5)
    newest = the(select(db.func.max(Message.id)))
    assert changes_in(news) == [
        {"conversation": ada.conversation.id, "message": newest}
    ]
    assert b"secret" not in news


def test_many_changes_at_once_are_all_told(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    listener = hub.listen()

    for n in range(250):
        ada.texts(f"{n}")
    stage.read()

    told: set[int] = set()
    while len(told) < 250 and (news := listener.take(5)):
        told |= {change["message"] for change in changes_in(news)}
    assert told == {message.id for message in ada.messages[1:]}


def test_a_commit_rings_the_bells_of_the_background_work(
    ada: Customer, hub: Hub
) -> None:
    bell = threading.Event()
    hub.bells.append(bell)

    we_reply(ada, "Hello")

    assert bell.wait(5)


def test_a_listener_that_falls_behind_is_told_to_fetch_everything() -> None:
    listener = Listener()

    for n in range(BACKLOG + 1):
        listener.tell(b"%d" % n)

    assert listener.take(0) == RESYNC
    assert listener.take(0) is None


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_hub_that_lost_the_database_says_so_when_it_is_back(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    listener = hub.listen()

    with writing():
        db.session.execute(text(CUT_LISTENERS))
    until(lambda: listener.take(0.1) == RESYNC)
    ada.texts("After it")
    stage.read()

    assert changes_in(listener.take(5))


def test_a_stream_ends_when_the_hub_stops(hub: Hub) -> None:
    events = stream.events(hub, everything, lambda: everything)
    next(events)

    hub.stop()

    assert list(events) == []
    assert list(stream.events(hub, everything, lambda: everything))[1:] == []


def test_a_stream_ends_when_its_reader_is_no_longer_welcome(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    events = stream.events(hub, everything, lambda: None)
    next(events)

    assert list(events) == []


def test_nobody_listens_any_more_when_a_stream_is_closed(hub: Hub) -> None:
    events = stream.events(hub, everything, lambda: everything)
    next(events)

    events.close()

    assert not hub.listeners
    assert END == b""


def test_a_line_that_is_paused_is_news_for_every_open_page(
    stage: Stage, hub: Hub
) -> None:
    listener = hub.listen()

    with writing():
        line = db.session.scalars(select(Line).limit(1)).one()
        line_state.pause(line, "The number moves.", "Ana")

    assert listener.take(5) == b"event: lines\ndata: {}\n\n"
