"""Whom a change concerns: the team and the owner of each conversation that changed.

The hub asks once for all its listeners, and each listener knows whether it may hear.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from conversations.db import db, reading
from conversations.live.changes import LINES, Pair
from conversations.models import Conversation


class Concern(NamedTuple):
    """A conversation's team and owner; neither means that it concerns everybody."""

    team_id: int | None = None
    assignee_id: int | None = None


EVERYBODY = Concern()
# A conversation that is not there any more; only who sees everything hears of it.
NOBODY = Concern(team_id=0)


def concerns(pairs: Iterable[Pair]) -> dict[int, Concern]:
    """For every conversation among the changes, whom it concerns now."""
    ids = {conversation for conversation, _ in pairs if conversation > LINES}
    if not ids:
        return {}
    query = select(
        Conversation.id, Conversation.team_id, Conversation.assignee_id
    ).where(Conversation.id.in_(ids))
    with reading():
        return {
            id: Concern(team, owner) for id, team, owner in db.session.execute(query)
        }


def left(pair: Pair) -> Concern:
    """Whom a conversation concerned before it moved; see `changes.note_left`."""
    _, before = pair
    if before is None:
        return EVERYBODY
    return Concern(team_id=before) if before > 0 else Concern(0, -before)
