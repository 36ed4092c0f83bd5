"""Second thoughts: a reply waits some seconds, and until it leaves can be undone."""

from datetime import datetime

from sqlalchemy import Select, select

from conversations import db as database
from conversations.db import db
from conversations.desk import closing, unsent
from conversations.models import Agent, Conversation, Message
from conversations.models.message import waiting
from conversations.texting import doubts, expiry, settling
from conversations.texting.consent import Refusal
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.words import N_

CHOICES = (0, 5, 10)

HAS_LEFT = Refusal(
    "has_left", N_("This text is already on its way, so it could not be undone.")
)
NOT_YOURS = Refusal("not_yours", N_("Only who wrote this text can undo it."))


def undo(agent: Agent, message: Message) -> Refusal | None:
    """Cancel a text that waits and give it back to its author's box, or say why not.

    Whoever claims it for sending locks it first: either the call is made or this.
    """
    if message.author_id != agent.id:
        return NOT_YOURS
    doubts.look_closely(message)
    if message.status == Status.CANCELLED:
        return None
    if not expiry.still_queued([message.id]):
        return HAS_LEFT
    now = database.clock()
    news = News(message_id=message.id, status=Status.CANCELLED, at=now)
    settling.apply([news])
    conversation = db.session.get_one(Conversation, message.conversation_id)
    closing.reopen_if_closed_since(message, agent)
    unsent.put_back(agent, conversation, message.body)
    return None


def undoable(
    agent: Agent, conversation: Conversation, now: datetime
) -> Select[Message]:
    """This agent's texts that still wait for second thoughts, oldest first."""
    return (
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            waiting(),
            Message.status == Status.QUEUED,
            Message.author_id == agent.id,
            Message.attempts == 0,
            Message.due_at > now,
        )
        .order_by(Message.id)
    )
