"""Which conversations an agent wants to see, and in what order; and views kept by name.

A view is what stands in an address: words such as `box=mine` and ids, never what a
customer is called or wrote.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Select, func, select

from conversations.db import db
from conversations.models import Agent, SavedView

MINE, UNASSIGNED, ALL = BOXES = ("mine", "unassigned", "all")
OPEN, SNOOZED, CLOSED, ANY = STATES = ("open", "snoozed", "closed", "any")
LATEST, LONGEST_WAIT = ORDERS = ("latest", "longest-wait")

LONGEST_ID = 18
LONGEST_NAME = 60
MOST_VIEWS = 30


@dataclass(frozen=True)
class View:
    """`line`, `tag` and `assignee` are ids; 0 is all of them.

    Without a `state` it is what is open, or wherever somebody is whom one looks for,
    whom something was promised or whom the last text did not reach.
    """

    box: str = ALL
    state: str = ""
    line: int = 0
    tag: int = 0
    assignee: int = 0
    waiting: bool = False
    unread: bool = False
    failed: bool = False
    due: bool = False
    order: str = LATEST

    @cached_property
    def filters(self) -> Mapping[str, str]:
        """What makes it other than the plain inbox, as in an address."""
        chosen = {name: getattr(self, name) for name in FILTERS}
        return {
            name: str(int(v) if v is True else v)
            for name, v in chosen.items()
            if v != getattr(View, name)
        }

    @property
    def query(self) -> str:
        """All of it, as the query of an address."""
        return urlencode({**self.filters, "order": self.order})


FILTERS = [each.name for each in fields(View) if each.name != "order"]


def asked_for(args: Mapping[str, str], order: str = LATEST) -> View:
    """What an address asks for; whatever makes no sense is as if it were not there."""
    return View(
        box=one_of(BOXES, args.get("box"), ALL),
        state=one_of(STATES, args.get("state"), ""),
        order=one_of(ORDERS, args.get("order"), order),
        line=number(args.get("line")),
        tag=number(args.get("tag")),
        assignee=number(args.get("assignee")),
        waiting=args.get("waiting") == "1",
        unread=args.get("unread") == "1",
        failed=args.get("failed") == "1",
        due=args.get("due") == "1",
    )


def one_of(choices: tuple[str, ...], word: str | None, otherwise: str) -> str:
    return word if word in choices else otherwise


def number(word: str | None) -> int:
    fits = word and word.isascii() and word.isdecimal() and len(word) <= LONGEST_ID
    return int(word) if fits and word else 0


def order_of(agent: Agent) -> str:
    """The order this agent chose last."""
    return one_of(ORDERS, json.loads(agent.preferences).get("order"), LATEST)


def choose_order(agent: Agent, order: str) -> None:
    """For all views of this agent from now on, except those kept with another."""
    own = db.session.get_one(Agent, agent.id)
    chosen = {"order": one_of(ORDERS, order, LATEST)}
    own.preferences = json.dumps(json.loads(own.preferences) | chosen)


def kept_by(agent: Agent) -> Select[SavedView]:
    mine = SavedView.agent_id == agent.id
    return select(SavedView).where(mine).order_by(SavedView.name, SavedView.id)


def keep(agent: Agent, name: str, view: View) -> SavedView | None:
    """Keep it under a name, instead of what was kept under it; None: there is no room.

    Everybody has their own.
    """
    mine = kept_by(agent).where(SavedView.name == name)
    kept = db.session.scalars(mine).first()
    if kept is None:
        count = select(func.count()).where(SavedView.agent_id == agent.id)
        if (db.session.scalar(count) or 0) >= MOST_VIEWS:
            return None
        kept = SavedView(agent_id=agent.id, name=name)
        db.session.add(kept)
    kept.query = view.query
    return kept


def forget(agent: Agent, view_id: int) -> None:
    kept = db.session.scalars(kept_by(agent).where(SavedView.id == view_id)).first()
    if kept is not None:
        db.session.delete(kept)


def view_of(kept: SavedView) -> View:
    return asked_for(dict(parse_qsl(kept.query)))
