"""The command box: what is typed goes by POST, so that no address holds a name."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import inbox, views, visibility
from conversations.desk.views import View
from conversations.web import pages
from conversations.web.addresses import as_id
from conversations.web.desk import page
from conversations.web.entrance.access import agent, guard
from conversations.web.forms import one_line
from conversations.web.showing import commands as showing
from conversations.web.showing import states
from conversations.web.showing.commands import MOST, Command, Here

MOST_PEOPLE = 6
SHORTEST = 2

bp = Blueprint("commands", __name__)
guard(bp)


@bp.post("/commands")
def offered() -> ResponseReturnValue:
    """What fits the words in `q`, for a page with `conversation` open or none."""
    words = one_line(request.form.get("q"))[: page.LONGEST_QUERY]
    here = open_one()
    kept = db.session.scalars(views.kept_by(agent())).all()
    known = chain(
        showing.acts() if here else (),
        decided(here) if here and words else (),
        showing.places(agent(), kept, pages.lines()),
    )
    found = showing.fitting(known, words)[: MOST if words else None]
    several = people(words) if len(words) >= SHORTEST else []
    return render_template("desk/_commands.html", commands=[*found, *several])


def open_one() -> Here | None:
    """The conversation that the page has open, if this agent may see it."""
    asked = as_id(request.form.get("conversation", ""))
    if asked is None or visibility.conversation(agent(), asked) is None:
        return None
    seen, was = request.form.get("seen", ""), request.form.get("was", "")
    return Here(asked, seen, was)


def decided(here: Here) -> Iterator[Command]:
    agents = [each for each in pages.colleagues().values() if not each.disabled]
    return showing.decisions(here, agents, agent(), states.PRESETS, page.known_tags())


def people(words: str) -> list[Command]:
    """Conversations by the customer's name or number, as far as the agent sees it."""
    several = len(pages.lines()) > 1
    rows = db.session.execute(inbox.listed(agent(), View(), words).limit(MOST_PEOPLE))
    return [showing.conversation(row[0], agent(), several=several) for row in rows]
