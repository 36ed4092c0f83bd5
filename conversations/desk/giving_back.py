"""Giving back what its owner left without an answer, if admins want that.

An owner has the time of the goal and some minutes more, from the customer's first
unanswered text on, or from the moment in which they were given it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from conversations import db as database
from conversations.db import db
from conversations.desk import filters, settings
from conversations.desk.audit import Act, noting
from conversations.desk.views import OPEN
from conversations.models import Conversation
from conversations.texting import owners
from conversations.texting.events import Kind

MOST_AT_ONCE = 200


def overdue() -> Sequence[int]:
    """Open conversations whose owner has let that time pass; the longest wait first."""
    late = settings.give_back()
    if late is None:
        return []
    query = select(Conversation.id).where(left_lying(late)).limit(MOST_AT_ONCE)
    in_turn = query.order_by(Conversation.waiting_since, Conversation.id)
    return db.session.scalars(in_turn).all()


def give_back(conversation_ids: Sequence[int]) -> int:
    """Make these `overdue` ones nobody's; how many. Others may try too."""
    late = settings.give_back() if conversation_ids else None
    if late is None:
        return 0
    theirs = owners.owned().where(left_lying(late))
    freed = owners.free_those(conversation_ids, theirs, Kind.OWNER_LATE)
    for id in freed:
        noting.note(Act.GIVEN_BACK, "conversation", id)
    return len(freed)


def left_lying(late: timedelta) -> ColumnElement[bool]:
    """Whether an owner has had it for the goal and `late` since anybody waits."""
    before: datetime = database.clock() - settings.goal() - late
    since = Conversation.owned_since
    return and_(
        Conversation.waiting_since <= before,
        filters.in_state(OPEN),
        Conversation.assignee_id.is_not(None),
        or_(since.is_(None), since <= before),
    )
