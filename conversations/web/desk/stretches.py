"""Reading the stretch of a thread that an address asks for."""

from collections.abc import Collection, Mapping

from conversations.db import db, utcnow
from conversations.desk import noting, timeline
from conversations.models import Conversation
from conversations.web.addresses import position, positions
from conversations.web.entrance.access import agent
from conversations.web.showing import bubbles, people, stretches, threads
from conversations.web.showing.bubbles import Bubble, Reading
from conversations.web.showing.stretches import Stretch
from conversations.web.showing.threads import Thread


def asked_for(conversation: Conversation) -> Stretch:
    """By `ids`, `at`, `before` or `after` a message; without any, the newest."""
    if ids := positions("ids"):
        return these(conversation, ids)
    if at := position("at"):
        return around(conversation, at)
    if before := position("before"):
        return up_to(conversation, before)
    if after := position("after"):
        return following(conversation, after)
    return newest(conversation)


def newest(conversation: Conversation) -> Stretch:
    messages = db.session.scalars(timeline.latest(conversation)).all()
    return stretches.ending(messages, timeline.PAGE_SIZE)


def up_to(conversation: Conversation, before: int) -> Stretch:
    messages = db.session.scalars(timeline.before(conversation, before)).all()
    return stretches.before(messages, timeline.PAGE_SIZE)


def around(conversation: Conversation, at: int) -> Stretch:
    messages = db.session.scalars(timeline.around(conversation, at)).all()
    return stretches.around(messages, at, timeline.AROUND)


def following(conversation: Conversation, after: int) -> Stretch:
    messages = db.session.scalars(timeline.onwards(conversation, after)).all()
    return stretches.after(messages, after, timeline.PAGE_SIZE)


def these(conversation: Conversation, ids: list[int]) -> Stretch:
    pairs = db.session.execute(timeline.these(conversation, ids)).all()
    return Stretch(pairs)


def shown(conversation: Conversation, stretch: Stretch) -> list[Bubble]:
    """The stretch as the agent sees it, in their zone."""
    zone = agent().zone
    reading = Reading(
        zone=zone,
        today=utcnow().astimezone(zone).date(),
        customer=people.called(conversation.customer, agent()),
        attempts=attempts(stretch),
        named=named(stretch),
    )
    return bubbles.bubbles(stretch.messages, reading)


def attempts(stretch: Stretch) -> Mapping[int, int]:
    """Which of these texts that failed were tried again, and as what."""
    failed = [message.id for message, _ in stretch.messages if message.retryable]
    if not failed:
        return {}
    pairs = db.session.execute(timeline.attempts_after(failed))
    return {old: new for old, new in pairs if old is not None}


def named(stretch: Stretch) -> Collection[int]:
    """Which of these notes name the agent who reads."""
    notes = [message.id for message, _ in stretch.messages if message.noted]
    if not notes:
        return ()
    return db.session.scalars(noting.naming(agent(), notes)).all()


def thread(conversation: Conversation, stretch: Stretch, seen: int) -> Thread:
    bubbles = shown(conversation, stretch)
    return threads.thread(conversation, stretch, bubbles, seen, agent())
