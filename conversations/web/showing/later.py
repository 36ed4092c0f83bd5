"""When a text may be put off to: a few times people choose, in the agent's zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.models import ScheduledText
from conversations.web.showing import times
from conversations.web.showing.times import Stamp
from conversations.words import N_

MORNING, EVENING = time(9), time(18)
MONDAY = 0
OTHER = "at"

PRESETS: Mapping[str, str] = {
    "hour": N_("In 1 hour"),
    "evening": N_("This evening, 18:00"),
    "tomorrow": N_("Tomorrow, 9:00"),
    "monday": N_("Monday, 9:00"),
}


@dataclass(frozen=True)
class Later:
    """A text that waits for its time, as it stands above the composer."""

    id: int
    body: str
    author: str
    at: Stamp
    overtaken: bool


def later(text: ScheduledText, author: str, zone: ZoneInfo, newest: int) -> Later:
    """`newest` is the customer's latest text; has it come since this was written?"""
    at = times.moment(text.due_at, zone)
    return Later(text.id, text.body, author, at, newest > text.seen_id)


def offered(now: datetime, zone: ZoneInfo) -> dict[str, str]:
    """The presets that make sense now, each with its words."""
    evening = now.astimezone(zone).time() >= EVENING
    return {
        key: said for key, said in PRESETS.items() if key != "evening" or not evening
    }


def moment(when: str, typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The time that was chosen or typed, None where there is none to be made of it."""
    local = now.astimezone(zone)
    if when == "hour":
        return now + timedelta(hours=1)
    if when == "evening":
        return on(local, 0, EVENING)
    if when == "tomorrow":
        return on(local, 1, MORNING)
    if when == "monday":
        return on(local, (MONDAY - local.weekday()) % 7 or 7, MORNING)
    return as_typed(typed, zone)


def on(local: datetime, days: int, at: time) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, at, local.tzinfo)


def as_typed(typed: str, zone: ZoneInfo) -> datetime | None:
    """What a field for date and time sends, such as 2026-11-23T09:00."""
    try:
        return datetime.strptime(typed, "%Y-%m-%dT%H:%M").replace(tzinfo=zone)
    except ValueError:
        return None
