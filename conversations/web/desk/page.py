"""The list of conversations, and beside it the pane with one of them."""

from flask import abort, request

from conversations.db import db, utcnow
from conversations.desk import inbox, noting, unsent
from conversations.web import pages
from conversations.web.entrance.access import agent, by_script
from conversations.web.showing import rows
from conversations.web.showing.rows import Row, Rows, Viewing

PANE = "pane"


def page(pane: str, *, listed: Rows | None = None, **context: object) -> str:
    """The list with `pane` beside it; the pane alone for a script that swaps it."""
    if by_script() and request.headers.get("HX-Target") == PANE:
        return pages.page("desk/pane_alone.html", pane=pane, **context)
    shown = newest() if listed is None else listed
    return pages.page("desk/page.html", pane=pane, inbox=shown, **context)


def newest(query: str = "", before: int | None = None) -> Rows:
    """A page of the inbox, of what matches `query` and is older than `before`."""
    found = inbox.latest(agent())
    if query:
        found = inbox.matching(found, query, agent())
    if before:
        found = inbox.before(found, before)
    read = db.session.execute(found).all()
    return rows.page(read, inbox.PAGE_SIZE, viewing(), query)


def row(conversation_id: int) -> Row:
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    return rows.row(found, viewing()) if found else abort(404)


def viewing() -> Viewing:
    return Viewing(
        agent(),
        utcnow(),
        several_lines=len(pages.lines()) > 1,
        colleagues=pages.colleagues(),
        begun=frozenset(db.session.scalars(unsent.threads(agent()))),
        named=frozenset(db.session.scalars(noting.threads_naming(agent()))),
    )
