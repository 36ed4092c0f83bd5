"""Notes for colleagues in a thread, and the colleagues named in them.

A note is a message that nobody texts: it stands in the thread, and neither the inbox's
row nor what is unread or waits knows of it. Who is named in one is told in their inbox.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, or_, select, update

from conversations.db import db, utcnow
from conversations.desk import unsent
from conversations.live import changes
from conversations.models import Agent, Conversation, Mention, Message, TeamMember
from conversations.models.agent import ADMIN
from conversations.models.message import NOTE
from conversations.texting import sending, thread
from conversations.texting.clean import blank, clean_text
from conversations.texting.consent import Refusal
from conversations.texting.segments import Encoding
from conversations.texting.status import Status
from conversations.words import N_

EMPTY = Refusal("empty", N_("Write a note before adding it."))
TOO_LONG = Refusal(
    "too_long", N_("The note is longer than 4000 characters; shorten it.")
)


def add(
    agent: Agent, conversation: Conversation, body: str, key: str
) -> Message | Refusal:
    """Put a note at the end of the thread. The same `key` twice is one note."""
    if earlier := sending.submitted(key):
        return earlier
    if blank(body):
        return EMPTY
    if len(body) > sending.MAX_BODY_LENGTH:
        return TOO_LONG
    thread.hold([conversation.id])
    note = new_note(agent, conversation, body, key)
    if earlier := sending.stored_before(note):
        return earlier
    mention(note, named(body, db.session.scalars(readers(conversation)).all()))
    unsent.forget(agent, conversation, unsent.NOTE)
    changes.note(conversation.id, note.id)
    return note


def new_note(agent: Agent, conversation: Conversation, body: str, key: str) -> Message:
    return Message(
        conversation_id=conversation.id,
        direction=NOTE,
        body=clean_text(body),
        status=Status.NOTED,
        segments=0,
        encoding=Encoding.GSM7,
        author=agent.name,
        author_id=agent.id,
        submission_key=key,
    )


def mention(note: Message, agents: Iterable[Agent]) -> None:
    """Tell these agents of the note; its author knows of it."""
    others = [agent.id for agent in agents if agent.id != note.author_id]
    db.session.add_all(Mention(message_id=note.id, agent_id=id) for id in others)


def named(body: str, agents: Sequence[Agent]) -> list[Agent]:
    """Those of `agents` whom `body` names after an @: in full, or by a first name
    that only one of them has."""
    whole: dict[str, list[Agent]] = defaultdict(list)
    first: dict[str, list[Agent]] = defaultdict(list)
    for agent in agents:
        whole[agent.name.casefold()].append(agent)
        first[agent.name.split()[0].casefold()].append(agent)
    known = {name: some for name, some in first.items() if len(some) == 1} | whole
    names = names_in(body.casefold(), known)
    return list({agent.id: agent for name in names for agent in known[name]}.values())


def names_in(body: str, names: Collection[str]) -> list[str]:
    """The names that stand after an @, the longest that fits each time."""
    if not names:
        return []
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(re.escape(name) for name in longest_first)
    return re.findall(rf"(?<!\w)@({any_name})(?!\w)", body)


def readers(conversation: Conversation) -> Select[Agent]:
    """The agents who may see this conversation, by name."""
    found = select(Agent).where(Agent.disabled_at.is_(None)).order_by(Agent.name)
    if conversation.team_id is None:
        return found
    team = TeamMember.team_id == conversation.team_id
    members = select(TeamMember.agent_id).where(team)
    owner = Agent.id == conversation.assignee_id
    return found.where(or_(Agent.role == ADMIN, owner, Agent.id.in_(members)))


def threads_naming(agent: Agent) -> Select[int]:
    """The conversations with a note that names `agent` and was not seen."""
    return (
        select(Message.conversation_id)
        .join(Mention, Mention.message_id == Message.id)
        .where(Mention.agent_id == agent.id, Mention.seen_at.is_(None))
    )


def naming(agent: Agent, message_ids: Collection[int]) -> Select[int]:
    """Which of these notes name `agent`."""
    return select(Mention.message_id).where(
        Mention.agent_id == agent.id, Mention.message_id.in_(message_ids)
    )


def saw(agent: Agent, conversation: Conversation, message_id: int) -> None:
    """This agent has seen what names them in this thread, up to `message_id`."""
    here = select(Message.id).where(
        Message.conversation_id == conversation.id, Message.id <= message_id
    )
    db.session.execute(
        update(Mention)
        .where(
            Mention.agent_id == agent.id,
            Mention.seen_at.is_(None),
            Mention.message_id.in_(here),
        )
        .values(seen_at=utcnow())
        .execution_options(synchronize_session=False)
    )
