"""Whose a conversation is: every change of owner or team is made and said here.

What an event needs is said with names as they were, because people are renamed.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, or_, select, update

from conversations import db as database
from conversations.db import db
from conversations.live import changes
from conversations.many import among
from conversations.models import Agent, Conversation
from conversations.texting import events, thread
from conversations.texting.events import Event, Kind

SOME = 200


def give_to_agent(conversation: Conversation, owner: Agent | None) -> None:
    """It is this agent's from now on, or nobody's."""
    move(conversation, conversation.team_id, owner.id if owner else None)


def move(
    conversation: Conversation, team_id: int | None, assignee_id: int | None
) -> None:
    """To this team and owner; every open page that shows it looks again."""
    changes.note_left(conversation.id, conversation.team_id, conversation.assignee_id)
    if assignee_id != conversation.assignee_id:
        conversation.owned_since = database.clock() if assignee_id else None
    conversation.team_id, conversation.assignee_id = team_id, assignee_id
    db.session.flush()
    changes.note(conversation.id)


def put_back(conversation_ids: Iterable[int], by: Agent | None = None) -> None:
    """They ask for somebody again: whose owner is away or gone, is nobody's.

    Who brought them back (`by`) keeps their own: they are here.
    """
    absent = or_(Agent.away_at.is_not(None), Agent.disabled_at.is_not(None))
    theirs = owned().where(among(Conversation.id, set(conversation_ids)), absent)
    free(theirs.where(Agent.id != by.id) if by else theirs)


def put_back_some_of(agent: Agent) -> int:
    """Somebody is gone for good: what was theirs and open is nobody's again.

    Not all at once, so that nobody else waits long to write; 0 when all is done.
    """
    theirs = owned().where(Agent.id == agent.id, Conversation.closed_at.is_(None))
    return free(theirs.limit(SOME))


def owned() -> Select[int, int | None, int, str, bool]:
    """(conversation, team, owner, the owner's name, whether they are gone)."""
    gone = Agent.disabled_at.is_not(None)
    return (
        select(Conversation.id, Conversation.team_id, Agent.id, Agent.name, gone)
        .join(Agent, Agent.id == Conversation.assignee_id)
        .order_by(Conversation.id)
    )


def free(found: Select[int, int | None, int, str, bool]) -> int:
    """How many there were."""
    wanted = [row[0] for row in db.session.execute(found)]
    free_those(wanted, found)
    return len(wanted)


def free_those(
    wanted: Sequence[int],
    found: Select[int, int | None, int, str, bool],
    why: Kind | None = None,
) -> list[int]:
    """Those that are `found` still: one that somebody was given meanwhile stays theirs.

    The thread says `why`, or that their owner is away or gone.
    """
    if not wanted:
        return []
    thread.hold(wanted)
    still = found.where(Conversation.id.in_(wanted)).limit(None)
    rows = db.session.execute(still).all()
    ids = [row[0] for row in rows]
    changes.note_all(
        pair
        for conversation_id, team_id, owner_id, _, _ in rows
        for pair in changes.left(conversation_id, team_id, owner_id)
    )
    unassign(ids)
    events.say_all(
        Event(id, why or absence(gone=gone), names={"owner": name})
        for id, _, _, name, gone in rows
    )
    changes.note_all((id, None) for id in ids)
    return ids


def absence(*, gone: bool) -> Kind:
    return Kind.OWNER_GONE if gone else Kind.OWNER_AWAY


def unassign(conversation_ids: Sequence[int]) -> None:
    theirs = update(Conversation).where(Conversation.id.in_(conversation_ids))
    db.session.execute(
        theirs.values(assignee_id=None, owned_since=None),
        execution_options={"synchronize_session": False},
    )
