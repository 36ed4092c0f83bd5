"""Which conversations a review is of: what filters let through, or some of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from conversations.db import db
from conversations.desk import filters, visibility
from conversations.models import Agent, Conversation, Episode, Message, Tag, message

FEW, MOST = 20, 200


@dataclass(frozen=True)
class Sample:
    """`line`, `tag` and `owner` are ids; 0 is all of them.

    With `since` or `until`: an episode of that owner and tag was closed from then on
    and before then. At most `count`, at random or else the latest.
    """

    line: int = 0
    tag: int = 0
    owner: int = 0
    failed: bool = False
    since: datetime | None = None
    until: datetime | None = None
    count: int = FEW
    random: bool = True


def drawn(agent: Agent, sample: Sample) -> list[int]:
    """The conversations' ids; only of what the agent may see."""
    latest = Conversation.last_message_id.desc()
    order = func.random() if sample.random else latest
    found = matching(agent, sample).order_by(order).limit(sample.count)
    return list(db.session.scalars(found))


def matching(agent: Agent, sample: Sample) -> Select[int]:
    met: list[ColumnElement[bool]] = [Conversation.last_message_id.is_not(None)]
    if sample.line:
        met.append(Conversation.line_id == sample.line)
    if sample.failed:
        here = Message.conversation_id == Conversation.id
        met.append(select(Message.id).where(here, message.failed()).exists())
    met += closed_then(sample) if sample.since or sample.until else at_all(sample)
    return visibility.visible_to(agent, select(Conversation.id).where(*met))


def closed_then(sample: Sample) -> list[ColumnElement[bool]]:
    """One and the same episode meets all of it."""
    met: list[ColumnElement[bool]] = []
    if sample.since:
        met.append(Episode.closed_at >= sample.since)
    if sample.until:
        met.append(Episode.closed_at < sample.until)
    if sample.owner:
        met.append(Episode.owner_id == sample.owner)
    if sample.tag:
        met.append(tagged_then(sample.tag))
    return [with_episode(*met)]


def at_all(sample: Sample) -> list[ColumnElement[bool]]:
    """Now, or in any episode."""
    met: list[ColumnElement[bool]] = []
    if sample.owner:
        owned = Conversation.assignee_id == sample.owner
        met.append(or_(owned, with_episode(Episode.owner_id == sample.owner)))
    if sample.tag:
        tagged = Conversation.id.in_(filters.tagged(sample.tag))
        met.append(or_(tagged, with_episode(tagged_then(sample.tag))))
    return met


def with_episode(*met: ColumnElement[bool]) -> ColumnElement[bool]:
    return Conversation.id.in_(select(Episode.conversation_id).where(*met))


def tagged_then(tag_id: int) -> ColumnElement[bool]:
    """Whether an episode ended with this tag; it keeps their names, with commas."""
    name = select(Tag.name).where(Tag.id == tag_id).scalar_subquery()
    names = literal(", ") + Episode.tags + ", "
    return names.contains(literal(", ") + func.coalesce(name, ",") + ", ")
