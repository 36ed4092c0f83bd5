"""One decision about several conversations, made for each by the verb that makes it
for one. What may not be done to one of them keeps none of the others from it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from conversations.db import db
from conversations.desk import closing, noting, read_marks, visibility
from conversations.models import Agent, Conversation
from conversations.texting import thread
from conversations.texting.consent import Refusal
from conversations.words import N_

MOST = 100
IS_CLOSED = Refusal("was_closed", N_("It was closed already."))


@dataclass(frozen=True)
class Pick:
    """A conversation as it stood in the list: up to which message, and whose.

    `closing` is the mark of the closing that is to be undone.
    """

    id: int
    seen: int = 0
    owner_id: int | None = None
    closing: int = 0


Verb = Callable[[Conversation, Pick], Refusal | None]


@dataclass
class Outcome:
    """What was done to which, each with the mark of its closing; why not to others;
    how many are not there to see."""

    done: dict[int, int] = field(default_factory=dict)
    refused: Counter[Refusal] = field(default_factory=Counter)
    gone: int = 0


def decide(agent: Agent, picks: Sequence[Pick], verb: Verb) -> Outcome:
    """In one order for everybody, so that two who decide never wait in a circle."""
    there = held(agent, picks)
    outcome = Outcome()
    for pick in sorted(picks, key=lambda pick: pick.id):
        conversation = there.get(pick.id)
        if conversation is None:
            outcome.gone += 1
        elif refusal := verb(conversation, pick):
            outcome.refused[refusal] += 1
        else:
            outcome.done[pick.id] = closing.mark(conversation)
    return outcome


def held(agent: Agent, picks: Sequence[Pick]) -> Mapping[int, Conversation]:
    """Those that the agent may see, kept from everybody else until the commit."""
    seen = visibility.visible_to(
        agent,
        select(Conversation).where(Conversation.id.in_([each.id for each in picks])),
    )
    thread.hold(db.session.scalars(seen.with_only_columns(Conversation.id)))
    found = db.session.scalars(seen.execution_options(populate_existing=True))
    return {conversation.id: conversation for conversation in found}


def close(conversation: Conversation, by: Agent, pick: Pick) -> Refusal | None:
    """Undoing opens again what this closed, so what was closed before is not that."""
    if conversation.closed_at:
        return IS_CLOSED
    return closing.close(conversation, by, pick.seen)


def read(conversation: Conversation, agent: Agent, pick: Pick) -> None:
    up_to = min(pick.seen, conversation.last_message_id or 0)
    read_marks.read_up_to(agent, conversation, up_to)
    noting.saw(agent, conversation, up_to)
