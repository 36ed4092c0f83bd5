"""The conditions behind a view, in the words of the indexes that answer them."""

from collections.abc import Callable

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    func,
    literal_column,
    select,
)

from conversations import db as database
from conversations.db import db, utcnow
from conversations.desk import visibility
from conversations.desk.views import (
    ANY,
    BOXES,
    CLOSED,
    LONGEST_WAIT,
    MINE,
    OPEN,
    SNOOZED,
    UNASSIGNED,
    View,
)
from conversations.models import Agent, Conversation, ConversationTag, ReadMark
from conversations.models.conversation import TROUBLED

MOST_COUNTED = 99


def conditions(
    agent: Agent, view: View, *, anywhere: bool = False
) -> list[ColumnElement[bool]]:
    """What a row must meet to stand in this view; `anywhere`: open or not."""
    conversation = Conversation
    # A condition is made only where it is asked for: to make one takes longer than
    # the database takes to look at it.
    choices: list[tuple[object, Callable[[], ColumnElement[bool]]]] = [
        (view.box == MINE, lambda: conversation.assignee_id == agent.id),
        (view.box == UNASSIGNED, lambda: unowned(view)),
        (view.assignee, lambda: conversation.assignee_id == view.assignee),
        (view.line, lambda: conversation.line_id == view.line),
        (view.tag, lambda: conversation.id.in_(tagged(view.tag))),
        (view.waiting or view.order == LONGEST_WAIT, waits),
        (view.failed, lambda: literal_column(f"({TROUBLED})")),
        (view.due, lambda: conversation.follow_up_at <= utcnow()),
        (view.unread, lambda: conversation.last_inbound_id > read_up_to(agent)),
    ]
    met = [condition() for chosen, condition in choices if chosen]
    # A promise and a failure want somebody's look, whatever was closed meanwhile.
    looks_anywhere = anywhere or view.due or view.failed
    state = view.state or (ANY if looks_anywhere else OPEN)
    return met if state == ANY else [in_state(state), *met]


def tagged(tag_id: int) -> Select[int]:
    one = ConversationTag.tag_id == tag_id
    return select(ConversationTag.conversation_id).where(one)


def unowned(view: View) -> ColumnElement[bool]:
    """Who is nobody's; in turn, without tempting SQLite away from the turn."""
    owner = Conversation.assignee_id
    tempted = view.order == LONGEST_WAIT and database.on_sqlite()
    return (owner + 0 if tempted else owner).is_(None)


def in_state(state: str) -> ColumnElement[bool]:
    closed, snoozed = Conversation.closed_at, Conversation.snoozed_at
    if state == CLOSED:
        return closed.is_not(None)
    if state == SNOOZED:
        return snoozed.is_not(None)
    return and_(closed.is_(None), snoozed.is_(None))


def waits() -> ColumnElement[bool]:
    return and_(
        Conversation.waiting_since.is_not(None), Conversation.closed_at.is_(None)
    )


def marked_by(agent: Agent) -> ColumnElement[bool]:
    """On which condition a conversation is joined with this agent's read mark."""
    conversation_id = ReadMark.conversation_id
    return and_(conversation_id == Conversation.id, ReadMark.agent_id == agent.id)


def read_up_to(agent: Agent) -> ColumnElement[int]:
    """Where everything older is read, in a question that joins the read marks.

    Without a mark, it is where the agent began; a mark may be set back before that.
    """
    return func.coalesce(ReadMark.message_id, agent.read_before)


def counts(agent: Agent) -> dict[str, int]:
    """How many open conversations each box holds, counted to one past the most."""
    boxes = {box: counted(agent, View(box=box)) for box in BOXES}
    row = db.session.execute(select(*(n.label(box) for box, n in boxes.items()))).one()
    return dict(row._mapping)


def counted(agent: Agent, view: View) -> ScalarSelect[int]:
    some = (
        visibility.visible_to(agent, select(Conversation.id))
        .where(Conversation.last_message_id.is_not(None), *conditions(agent, view))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()
