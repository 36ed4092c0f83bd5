"""What an admin sees of a line: what waits on it, what failed, what happened to it."""

from datetime import datetime

from sqlalchemy import Select, func, select

from conversations.models import Conversation, Line, LineEvent, Message
from conversations.models.message import OUTBOUND, waiting
from conversations.texting.status import Status

EVENTS_SHOWN = 50
BAD = (Status.FAILED, Status.UNDELIVERED, Status.UNCONFIRMED)


def known() -> Select[Line]:
    """Every line, those in use first."""
    return select(Line).order_by(Line.retired_at.is_not(None), Line.id)


def waiting_on(line: Line) -> Select[int, datetime | None]:
    """How many texts have yet to leave this line, and since when the oldest waits."""
    return (
        select(func.count(), func.min(Message.created_at))
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(waiting(), Conversation.line_id == line.id)
    )


def failures(line: Line, since: datetime) -> Select[str, str | None, str | None, int]:
    """What our texts failed of since then: (status, code, sentence, how many).

    It looks only into conversations that somebody wrote in since.
    """
    many = func.count().label("many")
    return (
        select(
            Message.status, Message.failure_code, func.max(Message.failure_text), many
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.line_id == line.id,
            Conversation.last_message_at > since,
            Message.direction == OUTBOUND,
            Message.created_at > since,
            Message.status.in_(BAD),
        )
        .group_by(Message.status, Message.failure_code)
        .order_by(many.desc(), Message.status, Message.failure_code)
    )


def events(line: Line) -> Select[LineEvent]:
    """What happened to it, latest first."""
    return (
        select(LineEvent)
        .where(LineEvent.line_id == line.id)
        .order_by(LineEvent.id.desc())
        .limit(EVENTS_SHOWN)
    )
