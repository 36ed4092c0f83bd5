"""The door for decisions about several conversations, picked in the list."""

import re
from collections.abc import Callable, Mapping

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db, utcnow
from conversations.desk import (
    assigning,
    closing,
    signals,
    snoozing,
    tags,
    together,
)
from conversations.desk.audit import Act
from conversations.desk.together import Outcome, Pick, Verb
from conversations.models import Agent
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.addresses import as_id
from conversations.web.desk import page
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import one_line
from conversations.web.showing import states
from conversations.web.showing import together as showing
from conversations.web.showing.refusals import NOT_A_TIME
from conversations.web.showing.together import Told

PICK = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,18})(?:\.([0-9]{1,18}))?")

bp = Blueprint("together", __name__)
guard(bp)


@bp.post("/conversations/together")
def decide() -> ResponseReturnValue:
    """Do what `act` says to every `pick`, all in one transaction."""
    act, chosen = request.form.get("act", ""), picks()
    if act not in VERBS:
        abort(400)
    if not chosen:
        return answer(showing.problem(showing.NOTHING_PICKED), 422)
    if len(chosen) > together.MOST:
        return answer(showing.problem(showing.TOO_MANY), 422)
    verb = VERBS[act](db.session.get_one(Agent, agent().id))
    if isinstance(verb, Refusal):
        return answer(showing.problem(verb.sentence), 422)
    outcome = together.decide(agent(), chosen, verb)
    noted(act, outcome)
    db.session.commit()
    return answer(showing.told(act, outcome))


def noted(act: str, outcome: Outcome) -> None:
    """Of each conversation; how far one has read is one's own."""
    if act == "read":
        return
    kind = Act.OWNER_CHANGED if act == "assign" else Act.STATE_CHANGED
    for id in outcome.done:
        note(kind, "conversation", id, what=act, together=len(outcome.done))


def answer(told: Told, status: int = 200) -> ResponseReturnValue:
    """A browser without scripts gets the list again, as it is now."""
    pages.look_again()
    if by_script():
        return render_template("inbox/_outcome.html", told=told), status
    nothing_open = "desk/_nothing_open.html"
    return page.page(nothing_open, title=_("Conversations"), told_of_all=told), status


def picks() -> list[Pick]:
    """As `rows` wrote them: the id, the newest message that was seen, and the owner;
    where it is undone, the mark of the closing."""
    found = (PICK.fullmatch(each) for each in request.form.getlist("pick"))
    read = [pick(*(int(part or 0) for part in each.groups())) for each in found if each]
    return list({each.id: each for each in read}.values())


def pick(id: int, seen: int, owner: int, closing: int) -> Pick:
    return Pick(id, seen, owner or None, closing)


def closes(me: Agent) -> Verb:
    return lambda conversation, pick: together.close(conversation, me, pick)


def opens(me: Agent) -> Verb:
    return lambda conversation, pick: closing.reopen(conversation, me, pick.closing)


def needs_none(me: Agent) -> Verb:
    return lambda conversation, pick: signals.no_reply_needed(
        conversation, me, pick.seen
    )


def reads(me: Agent) -> Verb:
    return lambda conversation, pick: together.read(conversation, me, pick)


def snoozes(me: Agent) -> Verb | Refusal:
    """Until the preset or the time in `snooze_until`; empty, until the next text."""
    typed = request.form.get("snooze_until", "")
    until = states.until(typed, me.zone, utcnow())
    if typed and until is None:
        return NOT_A_TIME
    return lambda conversation, pick: snoozing.snooze(
        conversation, me, pick.seen, until
    )


def assigns(me: Agent) -> Verb:
    """To the agent whose id is `give_to`; without one, to nobody."""
    wanted = as_id(request.form.get("give_to", ""))
    if wanted is None:
        return lambda conversation, pick: assigning.release(
            conversation, me, was=pick.owner_id
        )
    to = db.session.get(Agent, wanted) or abort(400)
    return lambda conversation, pick: assigning.assign(
        conversation, to, me, was=pick.owner_id
    )


def puts_tag(_: Agent) -> Verb:
    name = one_line(request.form.get("put_on"))
    return lambda conversation, _: tags.add(conversation, name)


VERBS: Mapping[str, Callable[[Agent], Verb | Refusal]] = {
    "close": closes,
    "reopen": opens,
    "answered": needs_none,
    "read": reads,
    "snooze": snoozes,
    "assign": assigns,
    "tag": puts_tag,
}
