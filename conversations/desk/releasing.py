"""Texts put off whose time has come: sent, or given back to whoever wrote them."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import select

from conversations import db as database
from conversations.db import db
from conversations.desk import noting, scheduling, visibility
from conversations.desk.scheduling import CANCELLED, RETURNED, SENT, author, settle
from conversations.live import changes
from conversations.models import Conversation, Message, ScheduledText, writing
from conversations.texting import events, sending, thread
from conversations.texting.events import Kind
from conversations.words import N_

MOST_AT_ONCE = 100

TOO_LATE = N_("Its time had passed before it could be.")
AUTHOR_GONE = N_("Its author has left; it is a note now.")
OUT_OF_SIGHT = N_("Its author may not see this thread any more; it is a note now.")


def due() -> Mapping[int, int]:
    """Texts whose time has come, each with its conversation."""
    rows = db.session.execute(
        select(ScheduledText.id, ScheduledText.conversation_id)
        .where(ScheduledText.due_at <= database.clock(), writing.put_off())
        .order_by(ScheduledText.due_at, ScheduledText.id)
        .limit(MOST_AT_ONCE)
    )
    return {row.id: row.conversation_id for row in rows}


def release(texts: Mapping[int, int], valid_for: timedelta) -> int:
    """Do with these `due` texts what is to be done; how many. Others may try too."""
    if not texts:
        return 0
    thread.hold(texts.values())
    mine = still_waiting(texts)
    for text in mine:
        release_one(text, valid_for)
    return len(mine)


def still_waiting(ids: Collection[int]) -> list[ScheduledText]:
    """Those whose fate nobody has decided meanwhile, locked so that none can."""
    query = (
        select(ScheduledText)
        .where(ScheduledText.id.in_(ids), writing.put_off())
        .order_by(ScheduledText.due_at, ScheduledText.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def release_one(text: ScheduledText, valid_for: timedelta) -> None:
    conversation = db.session.get_one(
        Conversation, text.conversation_id, populate_existing=True
    )
    changes.note(conversation.id)
    if author(text).disabled:
        leave_as_note(text, conversation, AUTHOR_GONE)
    elif (conversation.last_inbound_id or 0) > text.seen_id:
        give_back(text, conversation, Kind.PUT_BACK)
    elif text.due_at + valid_for <= database.clock():
        give_back(text, conversation, Kind.NOT_SENT, reason=TOO_LATE)
    else:
        send(text, conversation, valid_for)


def send(text: ScheduledText, conversation: Conversation, valid_for: timedelta) -> None:
    outcome = sending.reply(conversation, scheduling.draft(text, valid_for))
    if isinstance(outcome, Message):
        settle(text, SENT, outcome.id)
    else:
        give_back(text, conversation, Kind.NOT_SENT, reason=outcome.sentence)


def give_back(
    text: ScheduledText, conversation: Conversation, why: Kind, **names: str
) -> None:
    """Things are not as they were: its author shall look at it again, if they can."""
    if visibility.conversation(author(text), conversation.id) is None:
        leave_as_note(text, conversation, OUT_OF_SIGHT)
        return
    settle(text, RETURNED)
    events.say(conversation, why, author(text), **names)


def leave_as_note(text: ScheduledText, conversation: Conversation, reason: str) -> None:
    """Its author will not see that it came back: colleagues shall decide."""
    settle(text, CANCELLED)
    events.say(conversation, Kind.NOT_SENT, author(text), reason=reason)
    key = f"scheduled:{text.id}"
    note = noting.new_note(author(text), conversation, text.body, key)
    if sending.stored_before(note) is None:
        changes.note(conversation.id, note.id)
