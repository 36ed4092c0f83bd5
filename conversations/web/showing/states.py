"""What a conversation asks of the team, as rows and the thread's head show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from flask_babel import gettext as _

from conversations.models import Conversation, Tag
from conversations.web import moments
from conversations.web.showing import times
from conversations.web.showing.times import Stamp
from conversations.words import N_

LATE, SOON, FINE = "late", "soon", "fine"
MORNING = 9
A_FEW_HOURS = timedelta(hours=3)


@dataclass(frozen=True)
class Wait:
    """How long somebody has waited for an answer; the page's clock keeps it true."""

    since: str
    words: str
    tone: str
    goal_seconds: int


@dataclass(frozen=True)
class Promise:
    """A follow-up, and whether it is time for it."""

    at: Stamp
    note: str
    due: bool


@dataclass(frozen=True)
class Preset:
    """A time to snooze until; what it is, is worked out when it has been chosen."""

    words: str
    value: str


IN_HOURS, TOMORROW, ON_MONDAY = "3h", "tomorrow", "monday"
PRESETS = (
    Preset(N_("In 3 hours"), IN_HOURS),
    Preset(N_("Tomorrow, 09:00"), TOMORROW),
    Preset(N_("Monday, 09:00"), ON_MONDAY),
)


@dataclass(frozen=True)
class State:
    """Everything the thread's head prints about it."""

    wait: Wait | None
    promise: Promise | None
    closed: Stamp | None
    snoozed: str | None
    tags: Sequence[Tag]
    presets: Sequence[Preset]
    tomorrow: str


def state(
    conversation: Conversation,
    tags: Sequence[Tag],
    goal: timedelta,
    now: datetime,
    local: datetime,
) -> State:
    """`local` is now in the agent's zone."""
    zone = local.tzinfo
    assert zone
    closed = conversation.closed_at
    return State(
        wait=wait(conversation, goal, now),
        promise=promise(conversation, local),
        closed=times.moment(closed, zone) if closed else None,
        snoozed=snoozed(conversation, local),
        tags=tags,
        presets=PRESETS,
        tomorrow=for_form(morning(local, 1)),
    )


def wait(conversation: Conversation, goal: timedelta, now: datetime) -> Wait | None:
    if not conversation.waits or conversation.waiting_since is None:
        return None
    since = conversation.waiting_since
    passed = now - since
    tone = LATE if passed >= goal else SOON if passed * 2 >= goal else FINE
    iso = since.isoformat(timespec="seconds")
    return Wait(iso, times.passed(passed), tone, int(goal.total_seconds()))


def promise(conversation: Conversation, local: datetime) -> Promise | None:
    at = conversation.follow_up_at
    if at is None or local.tzinfo is None:
        return None
    stamp = times.moment(at, local.tzinfo)
    return Promise(stamp, conversation.follow_up_note or "", due=at <= local)


def snoozed(conversation: Conversation, local: datetime) -> str | None:
    """That it is, and until when, in words."""
    if conversation.snoozed_at is None or local.tzinfo is None:
        return None
    if conversation.snoozed_until is None:
        return _("Snoozed until the next text")
    until = times.moment(conversation.snoozed_until, local.tzinfo).words
    return _("Snoozed until %(when)s", when=until)


def until(chosen: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The time of a preset or of what was typed; None when it is over, or none."""
    local = now.astimezone(zone)
    if chosen == IN_HOURS:
        return now + A_FEW_HOURS
    if chosen == TOMORROW:
        return morning(local, 1)
    if chosen == ON_MONDAY:
        return morning(local, 7 - local.weekday())
    return moments.yet_to_come(chosen, zone, now)


def morning(local: datetime, days: int) -> datetime:
    day = local + timedelta(days=days)
    return day.replace(hour=MORNING, minute=0, second=0, microsecond=0)


def for_form(local: datetime) -> str:
    return local.strftime("%Y-%m-%dT%H:%M")
