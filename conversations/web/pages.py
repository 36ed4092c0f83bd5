"""Whole pages, and what stands around every one of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from flask import g, render_template

from conversations import db as database
from conversations.db import db, utcnow
from conversations.desk import assigning, customers
from conversations.models import Agent, Line, Team
from conversations.web.entrance.access import agent
from conversations.web.showing import lines as showing

T = TypeVar("T")


def page(template: str, **context: object) -> str:
    notices = showing.notices(lines(), utcnow())
    return render_template(
        template, lines=lines(), notices=notices, me=agent(), **context
    )


def lines() -> Sequence[Line]:
    """The lines texts may leave from, read once a request."""
    if "lines" not in g:
        g.lines = db.session.scalars(customers.lines()).all()
    return cast("Sequence[Line]", g.lines)


def colleagues() -> Mapping[int, Agent]:
    """All agents by their ids, read once a request."""
    if "colleagues" not in g:
        found = db.session.scalars(assigning.colleagues())
        g.colleagues = {each.id: each for each in found}
    return cast("Mapping[int, Agent]", g.colleagues)


def teams() -> Sequence[Team]:
    """All teams, read once a request."""
    if "teams" not in g:
        g.teams = db.session.scalars(assigning.teams()).all()
    return cast("Sequence[Team]", g.teams)


def once(name: str, read: Callable[[], T]) -> T:
    """What `read` finds, asked at most once a request."""
    if name not in g:
        setattr(g, name, read())
    return cast("T", getattr(g, name))


def look_again() -> None:
    """Give up what was being written: the page that says so only reads."""
    db.session.remove()
    database.read_only()
