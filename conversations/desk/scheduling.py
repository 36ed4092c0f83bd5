"""Texts put off until later: listed in their thread, and made messages in their time.

What is put off goes out only if nothing has changed: when the customer writes first it
comes back to its author, and an opt-out cancels it. What came back stands above the
author's box until they use or discard it; nothing is put into a box that they may have
open and be writing in.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select

from conversations import db as database
from conversations.db import db
from conversations.desk import answering, signals, unsent
from conversations.desk.answering import Outdated
from conversations.live import changes
from conversations.models import Agent, Conversation, Message, ScheduledText, writing
from conversations.texting import events, sending, thread
from conversations.texting.clean import clean_text
from conversations.texting.consent import Refusal
from conversations.texting.events import Kind
from conversations.texting.sending import Draft
from conversations.texting.status import Status
from conversations.words import N_

WAITS, SENT, CANCELLED, RETURNED = "", "sent", "cancelled", "returned"
FURTHEST = timedelta(days=366)

PAST = Refusal("past", N_("Choose a time that is still to come."))
TOO_FAR = Refusal("too_far", N_("Choose a time within a year."))
HAS_LEFT = Refusal(
    "has_left", N_("This text was sent already, so it was not scheduled.")
)
CALLED_OFF = Refusal(
    "called_off",
    N_("This text was called off before. To schedule it after all, do so again."),
)
GONE = Refusal("gone", N_("This text waits no longer, so nothing was changed."))


def put_off(
    agent: Agent, conversation: Conversation, draft: Draft, seen: int, due_at: datetime
) -> ScheduledText | Refusal | Outdated:
    """Keep what `agent` wrote until `due_at`. The same key twice is one text."""
    if earlier := put_off_before(draft.key):
        return CALLED_OFF if earlier.fate == CANCELLED else earlier
    if problem := answering.objection(conversation, draft) or misplaced(due_at):
        return problem
    thread.hold([conversation.id])
    if news := answering.news(agent, conversation, seen):
        return Outdated(news)
    if earlier := put_off_before(draft.key):
        return earlier
    if sent := sending.submitted(draft.key):
        return CALLED_OFF if sent.status == Status.CANCELLED else HAS_LEFT
    text = ScheduledText(
        conversation_id=conversation.id,
        agent_id=agent.id,
        body=clean_text(draft.body),
        due_at=due_at,
        seen_id=max(seen, conversation.last_inbound_id or 0),
        key=draft.key,
    )
    db.session.add(text)
    db.session.flush()
    unsent.forget(agent, conversation, unsent.REPLY)
    changes.note(conversation.id)
    return text


def misplaced(due_at: datetime) -> Refusal | None:
    now = database.clock()
    if due_at <= now:
        return PAST
    return TOO_FAR if due_at > now + FURTHEST else None


def put_off_before(key: str | None) -> ScheduledText | None:
    return db.session.scalar(select(ScheduledText).where(ScheduledText.key == key))


def upcoming(agent: Agent, conversation: Conversation) -> Select[ScheduledText, str]:
    """What waits in this thread and what came back to `agent`, soonest first, each
    with its author's name."""
    return (
        select(ScheduledText, Agent.name)
        .join(Agent, Agent.id == ScheduledText.agent_id)
        .where(
            ScheduledText.conversation_id == conversation.id,
            undecided(agent),
        )
        .order_by(ScheduledText.due_at, ScheduledText.id)
    )


def undecided(agent: Agent) -> ColumnElement[bool]:
    """What `agent` can still do something about: anybody's, until it comes back."""
    return or_(writing.put_off(), came_back_to(agent))


def came_back_to(agent: Agent) -> ColumnElement[bool]:
    return and_(ScheduledText.fate == RETURNED, ScheduledText.agent_id == agent.id)


def threads_with_returned(agent: Agent, among: Collection[int]) -> Select[int]:
    """Those of these conversations in which something came back to `agent`."""
    here = ScheduledText.conversation_id.in_(among)
    return select(ScheduledText.conversation_id).where(here, came_back_to(agent))


def cancel(agent: Agent, text: ScheduledText) -> Refusal | None:
    """Never send it, or say why that is no longer to be had."""
    thread.hold([text.conversation_id])
    return withdraw(agent, text, Kind.SCHEDULED_CANCELLED)


def take_back(agent: Agent, text: ScheduledText) -> Refusal | None:
    """Cancel it, and give what it says to `agent` to write it anew."""
    thread.hold([text.conversation_id])
    if problem := withdraw(agent, text, Kind.SCHEDULED_EDITED):
        return problem
    conversation = db.session.get_one(Conversation, text.conversation_id)
    unsent.put_back(agent, conversation, text.body)
    return None


def withdraw(agent: Agent, text: ScheduledText, how: Kind) -> Refusal | None:
    if not settle(text, CANCELLED, within=undecided(agent)):
        return GONE
    changes.note(text.conversation_id)
    tell(agent, text, how)
    return None


def tell(agent: Agent, text: ScheduledText, what: Kind) -> None:
    """Say in the thread what was done to somebody else's text."""
    if text.agent_id == agent.id:
        return
    conversation = db.session.get_one(Conversation, text.conversation_id)
    by = db.session.get_one(Agent, agent.id)
    events.say(conversation, what, by, author=author(text).name)


def send_now(
    agent: Agent, text: ScheduledText, seen: int, valid_for: timedelta
) -> Message | Refusal:
    """Make a message of it before its time: `agent` has looked and said so."""
    conversation = db.session.get_one(Conversation, text.conversation_id)
    if problem := signals.more_came(conversation, seen):
        return problem
    db.session.refresh(text)
    if text.fate != WAITS:
        return GONE
    outcome = sending.reply(conversation, draft(text, valid_for))
    if isinstance(outcome, Message):
        settle(text, SENT, outcome.id)
        changes.note(text.conversation_id)
        tell(agent, text, Kind.SCHEDULED_SENT)
    return outcome


def draft(text: ScheduledText, valid_for: timedelta) -> Draft:
    """What is sent under its author's name. Its key makes it one text for ever."""
    return Draft(
        body=text.body,
        author=author(text).name,
        author_id=text.agent_id,
        key=f"scheduled:{text.id}",
        valid_for=valid_for,
    )


def author(text: ScheduledText) -> Agent:
    return db.session.get_one(Agent, text.agent_id)


def settle(
    text: ScheduledText,
    fate: str,
    message_id: int | None = None,
    *,
    within: ColumnElement[bool] | None = None,
) -> bool:
    """Decide what becomes of it; whether nobody had decided before.

    Only of what waits, unless `within` says of which.
    """
    this = ScheduledText.id == text.id
    open_still = writing.put_off() if within is None else within
    return database.change(
        ScheduledText, this, open_still, fate=fate, message_id=message_id
    )
