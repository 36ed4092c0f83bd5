"""A message as it stands in the thread.

A bubble depends on its message and on the one before it, never on the page around it,
so a bubble fetched alone later is the very HTML it was first shown with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from markupsafe import Markup

from conversations.models import Message
from conversations.models.message import EVENT, INBOUND, OUTBOUND
from conversations.texting.status import Status
from conversations.web.showing import happenings, text, times, wording
from conversations.web.showing.stretches import Neighbours
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark

CLUSTER = timedelta(minutes=5)
SIDES = {INBOUND: "in", OUTBOUND: "out"}


@dataclass(frozen=True)
class Reading:
    """For whom bubbles are made, where and when, and what was retried.

    `attempts` says which message tried which one again (old id to new id); `named`
    are the notes that name whoever reads.
    """

    zone: tzinfo
    today: date
    customer: str
    attempts: Mapping[int, int]
    named: Collection[int] = ()


@dataclass(frozen=True)
class Bubble:
    """Everything the template prints of one message."""

    id: int
    direction: str
    event: str | None
    status: str
    final: bool
    body: Markup
    author: str
    at: Stamp
    day: str
    new_day: bool
    continues: bool
    mark: Mark
    segments: int
    failure: str | None
    next_step: str | None
    remark: str | None
    warning: str | None
    retryable: bool
    retry_words: str
    doubtful: bool
    retried_as: int | None
    retry_of: int | None
    repeat_of: int | None
    consent: str | None
    for_me: bool

    @property
    def inbound(self) -> bool:
        return self.direction == INBOUND

    @property
    def troubled(self) -> bool:
        """Whether there is more to say of it than its status."""
        said = self.failure or self.remark or self.retried_as or self.retry_of
        return bool(said) or self.retryable

    @property
    def kinds(self) -> str:
        """Its variations, as classes: side, status, and how it follows the last one."""
        kinds = [SIDES.get(self.direction, self.direction), self.status]
        kinds += ["new-day"] * self.new_day + ["continues"] * self.continues
        kinds += ["repeat"] * bool(self.repeat_of) + ["for-me"] * self.for_me
        return " ".join(f"message--{kind}" for kind in kinds)


def bubbles(messages: Neighbours, reading: Reading) -> list[Bubble]:
    return [bubble(message, before, reading) for message, before in messages]


def event(message: Message, reading: Reading) -> str | None:
    if message.direction != EVENT:
        return None
    return happenings.sentence(message, reading.zone)


def bubble(message: Message, before: Message | None, reading: Reading) -> Bubble:
    zone = reading.zone
    day = message.created_at.astimezone(zone).date()
    new_day = before is None or before.created_at.astimezone(zone).date() != day
    retried_as = reading.attempts.get(message.id)
    return Bubble(
        id=message.id,
        direction=message.direction,
        event=event(message, reading),
        status=message.status,
        final=Status(message.status).final,
        body=text.body(message.body),
        author=message.author or reading.customer,
        at=times.clock(message.created_at, zone),
        day=times.day(day, reading.today),
        new_day=new_day,
        continues=not new_day and continues(message, before),
        mark=wording.mark(message),
        segments=message.segments,
        failure=message.failure_text,
        next_step=None if retried_as else wording.next_step(message),
        remark=wording.remark(message),
        warning=wording.retry_warning(message),
        retryable=retried_as is None and wording.retryable(message),
        retry_words=wording.retry_words(message),
        doubtful=message.status == Status.UNCONFIRMED and retried_as is None,
        retried_as=retried_as,
        retry_of=message.retry_of_id,
        repeat_of=message.repeat_of_id,
        consent=wording.consent_notice(message, reading.customer),
        for_me=message.id in reading.named,
    )


def continues(message: Message, before: Message | None) -> bool:
    """Whether the same person goes on writing, minutes after the one before."""
    return (
        before is not None
        and before.direction == message.direction
        and before.author == message.author
        and message.created_at - before.created_at < CLUSTER
    )
