"""Filters as conditions on messages; one that makes no sense is told, not ignored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from conversations.db import db
from conversations.desk import tags
from conversations.desk.days import beginning
from conversations.desk.filters import tagged
from conversations.desk.finding import asked, stored
from conversations.desk.finding.asked import Chip
from conversations.models import Agent, Conversation, Line, Message
from conversations.models.message import INBOUND, NOTE, OUTBOUND
from conversations.searching import question
from conversations.searching.question import Term
from conversations.texting import phone
from conversations.texting.letters import folded
from conversations.texting.status import Status

FROM = {"customer": INBOUND, "agent": OUTBOUND, "note": NOTE}
DIRECTIONS = {"in": INBOUND, "out": OUTBOUND, "note": NOTE}
FAILED = (Status.FAILED, Status.UNDELIVERED)
ME = "me"


@dataclass
class Filters:
    """What is left: messages `above` an id and `below` another that meet `conditions`.

    `faults` are the chips that could not be understood.
    """

    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    faults: list[Chip] = field(default_factory=list)
    above: int = 0
    below: int | None = None


def filters(chips: Iterable[Chip], agent: Agent) -> Filters:
    """All of these together, for this agent, whose days begin in their own zone."""
    found = Filters()
    for chip in chips:
        if not READERS[chip.name](found, chip.value, agent):
            found.faults.append(chip)
    return found


def by_direction(found: Filters, value: str, _: Agent) -> bool:
    direction = (FROM | DIRECTIONS).get(value.lower())
    if direction:
        found.conditions.append(Message.direction == direction)
    return bool(direction)


def by_author(found: Filters, value: str, agent: Agent) -> bool:
    if value.lower() == ME:
        ids = [agent.id]
    else:
        people = db.session.execute(select(Agent.id, Agent.name))
        ids = [id for id, name in people if called(name, folded(value))]
    found.conditions.append(Message.author_id.in_(ids))
    return bool(ids)


def called(name: str, wanted: str) -> bool:
    """Whether a name, or any word of it, begins so; nothing at all names nobody."""
    known = folded(name)
    return bool(wanted) and any(
        begun.startswith(wanted) for begun in (known, *known.split())
    )


def by_line(found: Filters, value: str, _: Agent) -> bool:
    digits = phone.digits(value)
    same = Line.address.contains(digits) if digits else Line.address == value
    ids = db.session.scalars(select(Line.id).where(same)).all()
    found.conditions.append(Conversation.line_id.in_(ids))
    return bool(ids)


def by_status(found: Filters, value: str, _: Agent) -> bool:
    found.conditions.append(Message.status == value.lower())
    return value.lower() in list(Status)


def by_tag(found: Filters, value: str, _: Agent) -> bool:
    tag = tags.named(value)
    if tag:
        found.conditions.append(Conversation.id.in_(tagged(tag.id)))
    return tag is not None


def by_content(found: Filters, value: str, _: Agent) -> bool:
    if value.lower() == "link":
        found.terms.append(question.LINK)
    return value.lower() == "link"


def by_trouble(found: Filters, value: str, agent: Agent) -> bool:
    if value.lower() == "failed":
        found.conditions.append(Message.status.in_(FAILED))
        return True
    return by_status(found, value, agent)


def from_day(found: Filters, value: str, agent: Agent) -> bool:
    if since := beginning(value, agent.zone):
        found.above = max(found.above, stored.above(since))
        found.conditions.append(Message.created_at >= since)
    return since is not None


def until_day(found: Filters, value: str, agent: Agent) -> bool:
    if until := beginning(value, agent.zone):
        known = [each for each in (found.below, stored.below(until)) if each]
        found.below = min(known, default=None)
        found.conditions.append(Message.created_at < until)
    return until is not None


READERS: dict[str, Callable[[Filters, str, Agent], bool]] = {
    asked.FROM: by_direction,
    asked.DIRECTION: by_direction,
    asked.BY: by_author,
    asked.LINE: by_line,
    asked.STATUS: by_status,
    asked.TAG: by_tag,
    asked.HAS: by_content,
    asked.IS: by_trouble,
    asked.AFTER: from_day,
    asked.BEFORE: until_day,
}
