"""How many queries a page takes, however much stands on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from conversations.db import db
from tests.support.cast import Customer, we_reply
from tests.support.pages import Browser
from tests.support.stage import Stage

# The sign-in and its agent; the lines; and what the page itself shows. A list takes its
# rows and their tags, the agents, the goal, and where this one has drafts or is named;
# its head the counts, the tags and the views there are.
COSTS = {
    "/conversations": 12,
    "/conversations?q=555": 13,
    "/conversations?box=mine&state=closed&tag=1&failed=1&unread=1&due=1": 12,
    "/conversations?order=longest-wait": 12,
    "/conversations/list": 9,
    "/conversations/side": 12,
    "/conversations/tabs": 2,
    "/conversations/{id}": 21,
    "/conversations/{id}/row": 9,
    "/conversations/{id}/head": 8,
    "/conversations/{id}/customer": 17,
    "/conversations/{id}/messages?ids={message}": 3,
    "/conversations/{id}/messages?after={message}": 3,
    "/conversations/new": 13,
    "/presence?ids={id}": 3,
    "/news?ids={message}": 2,
    "/news?after={message}": 2,
    "/unread": 2,
    "/profile": 2,
    "/reports?period=28": 15,
    "/search": 4,
}


@pytest.mark.parametrize("address", COSTS)
def test_a_page_costs_the_same_whatever_stands_on_it(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer, address: str
) -> None:
    for n in range(60):
        ada.texts(f"Text {n}")
    stage.read()
    we_reply(bob, "Yes")
    message = ada.messages[10].id
    path = address.format(id=ada.conversation.id, message=message)
    ben.get(path)

    with counting(stage.app) as queries:
        ben.get(path)

    assert len(queries) == COSTS[address], "\n".join(queries)


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    queries: list[str] = []

    def count(_: object, __: object, statement: str, *___: object) -> None:
        told = "set_config" in statement  # how long a query may take is no query
        asked = statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE"))
        if asked and not told:
            queries.append(statement)

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    yield queries
    for engine in engines:
        event.remove(engine, "before_cursor_execute", count)
