"""The list of conversations, and beside it the pane with one of them."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from flask import abort, request
from sqlalchemy import CompoundSelect

from conversations.db import db, utcnow
from conversations.desk import (
    closing,
    filters,
    inbox,
    noting,
    scheduling,
    settings,
    tags,
    unsent,
    views,
)
from conversations.desk.views import View
from conversations.models import Conversation, Tag
from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.desk import presence
from conversations.web.entrance.access import agent, by_script
from conversations.web.forms import one_line
from conversations.web.showing import boxes, people, rows, states, together
from conversations.web.showing.boxes import Tab
from conversations.web.showing.rows import Row, Rows, Viewing

PANE = "pane"
LONGEST_QUERY = 100


class Closed(NamedTuple):
    """A conversation that is closed, whose it is, and the mark of its closing."""

    id: int
    name: str
    mark: int


def page(pane: str, *, listed: Rows | None = None, **context: object) -> str:
    """The list with `pane` beside it; the pane alone for a script that swaps it."""
    context["closed"] = just_closed()
    if by_script() and request.headers.get("HX-Target") == PANE:
        return pages.page("desk/pane_alone.html", pane=pane, **context)
    shown = listing() if listed is None else listed
    return pages.page("desk/page.html", pane=pane, **around(shown), **context)


def around(shown: Rows) -> dict[str, Any]:
    """The list with all that stands above it."""
    kept = db.session.scalars(views.kept_by(agent())).all()
    counts = filters.counts(agent())
    agents = {each.id: each.name for each in pages.colleagues().values()}
    named = boxes.Names(agents, known_tags(), pages.lines())
    return {
        "inbox": shown,
        "head": boxes.head(shown.view, counts, kept, named),
        "ways": together.ways(agent(), pages.colleagues(), known_tags()),
    }


def just_closed() -> Closed | None:
    """The conversation that was closed on the way here, which can be undone."""
    conversation_id = position("closed")
    if not conversation_id:
        return None
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    if found is None or found[0].closed_at is None:
        return None
    conversation = found[0]
    name = people.called(conversation.customer, agent())
    return Closed(conversation_id, name, closing.mark(conversation))


def tabs() -> Sequence[Tab]:
    return boxes.tabs(view(), filters.counts(agent()))


def view() -> View:
    """What the address asks for, in the order that this agent likes."""
    return views.asked_for(request.args, views.order_of(agent()))


def listing(before: str = "") -> Rows:
    """A page of the inbox as the address asks for it, after the place `before`."""
    words, wanted = sought(), view()
    pages.lines()
    found = inbox.listed(agent(), wanted, words)
    if place := rows.place(before):
        found = inbox.following(found, wanted, place)
    read = db.session.execute(found).all()
    there = viewing(wanted, [conversation.id for conversation, _ in read])
    return rows.page(read, inbox.PAGE_SIZE, there, words)


def sought() -> str:
    return one_line(request.args.get("q"))[:LONGEST_QUERY]


def row(conversation_id: int) -> Row | None:
    """The row of one; None when it does not stand in the view that is asked for."""
    wanted = view()
    standing = inbox.standing(agent(), wanted, sought(), conversation_id)
    found = db.session.execute(standing).first()
    if found:
        return rows.row(found, viewing(wanted, [conversation_id]))
    if db.session.execute(inbox.one(agent(), conversation_id)).first():
        return None
    return abort(404)


def viewing(wanted: View, shown: Collection[int]) -> Viewing:
    return Viewing(
        agent(),
        utcnow(),
        several_lines=len(pages.lines()) > 1,
        goal=goal(),
        colleagues=pages.colleagues(),
        view=wanted,
        tags=tags.on(shown),
        begun=frozenset(db.session.scalars(begun(shown))),
        named=frozenset(db.session.scalars(noting.threads_naming(agent()))),
        around=presence.shown(shown),
    )


def begun(shown: Collection[int]) -> CompoundSelect[int]:
    """Where the agent has something to send that was not sent."""
    returned = scheduling.threads_with_returned(agent(), shown)
    return unsent.threads(agent()).union(returned)


def states_of(conversation: Conversation) -> dict[str, Any]:
    """What the thread's head says and offers besides whose it is."""
    now = utcnow()
    on: Sequence[Tag] = tags.on([conversation.id]).get(conversation.id, ())
    local = now.astimezone(agent().zone)
    return {
        "state": states.state(conversation, on, goal(), now, local),
        "known_tags": known_tags(),
    }


def goal() -> timedelta:
    return pages.once("goal", settings.goal)


def known_tags() -> Sequence[Tag]:
    return pages.once("tags", lambda: db.session.scalars(tags.in_use()).all())
