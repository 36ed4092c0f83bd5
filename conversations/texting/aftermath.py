"""What Kaleyra's answer means for a text: where it stands, and whether it goes again.

Only what surely never left goes again by itself (docs/adr/0004).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform

from conversations.kaleyra.answers import (
    Accepted,
    Answer,
    Blocked,
    NotSent,
    OutgoingText,
    Refused,
    Unconfirmed,
)
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.words import N_

BACKOFF_SECONDS = (5, 15, 60, 120, 300, 300)
MAX_ATTEMPTS = len(BACKOFF_SECONDS) + 1
JITTER = 0.2

GAVE_UP = N_("This went on for a quarter of an hour, so the text was not sent.")


@dataclass(frozen=True)
class Call:
    """A claimed text, and how often it was tried, this time included."""

    text: OutgoingText
    attempts: int


def news(call: Call, answer: Answer, now: datetime) -> News:
    """What an answer of Kaleyra's means for the text."""
    message_id = call.text.message_id
    match answer:
        case Accepted(provider_id, batch_id):
            return News(
                message_id=message_id,
                status=Status.ACCEPTED,
                at=now,
                provider_id=provider_id,
                batch_id=batch_id,
            )
        case NotSent():
            return try_again(call, answer, now)
        case Blocked():
            return News(message_id=message_id, status=Status.QUEUED, at=now, due_at=now)
        case Refused() | Unconfirmed():
            return News(
                message_id=message_id,
                status=STATUS_OF[type(answer)],
                at=now,
                failure_code=answer.code,
                failure_text=answer.sentence,
            )


STATUS_OF = {Refused: Status.FAILED, Unconfirmed: Status.UNCONFIRMED}


def try_again(call: Call, answer: NotSent, now: datetime) -> News:
    """Queue the text for its next try, or give up when its time is over."""
    too_late = call.attempts >= MAX_ATTEMPTS
    due_at = now + delay(call.attempts, answer.retry_after_seconds)
    return News(
        message_id=call.text.message_id,
        status=Status.FAILED if too_late else Status.QUEUED,
        at=now,
        due_at=None if too_late else due_at,
        failure_code=answer.code,
        failure_text=f"{answer.sentence} {GAVE_UP}" if too_late else answer.sentence,
    )


def delay(attempts: int, retry_after_seconds: float | None) -> timedelta:
    """How long to wait after the `attempts`th try; Retry-After is never undercut."""
    step = BACKOFF_SECONDS[min(attempts, len(BACKOFF_SECONDS)) - 1]
    seconds = step * uniform(1 - JITTER, 1 + JITTER)
    return timedelta(seconds=max(seconds, retry_after_seconds or 0))
