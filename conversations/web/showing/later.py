"""When a text may be put off to: a few times people choose, in the agent's zone.

Where the customer's zone is known and it is another time there, theirs are offered too,
and each time is said in both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.desk import scheduling
from conversations.models import ScheduledText
from conversations.web import moments
from conversations.web.showing import times
from conversations.web.showing.times import Stamp
from conversations.words import N_, worded

MORNING, EVENING = time(9), time(18)
MONDAY = 0
THEIRS = "their_"
TYPED = "%Y-%m-%dT%H:%M"

PRESETS: Mapping[str, str] = {
    "hour": N_("In 1 hour"),
    "evening": N_("This evening, 18:00"),
    "tomorrow": N_("Tomorrow, 9:00"),
    "monday": N_("Monday, 9:00"),
}
THEIR_PRESETS: Mapping[str, str] = {
    "their_tomorrow": N_("Tomorrow, 9:00 their time · {when} yours"),
    "their_monday": N_("Monday, 9:00 their time · {when} yours"),
}
IN_BOTH = N_("{preset} · {when} for them")


@dataclass(frozen=True)
class Later:
    """A text that waits for its time, as it stands above the composer.

    `theirs` is the day and time it is then for the customer; empty if the same. One
    that came `back` was not sent at its time.
    """

    id: int
    body: str
    author: str
    at: Stamp
    theirs: str
    overtaken: bool
    back: bool


@dataclass(frozen=True)
class Zones:
    """The agent's zone and the customer's, which is None while nobody knows it."""

    ours: ZoneInfo
    theirs: ZoneInfo | None = None

    def elsewhere(self, at: datetime) -> ZoneInfo | None:
        """The customer's zone, if it is another time there."""
        if self.theirs is None:
            return None
        same = (
            at.astimezone(self.theirs).utcoffset()
            == at.astimezone(self.ours).utcoffset()
        )
        return None if same else self.theirs


def later(text: ScheduledText, author: str, zones: Zones, newest: int) -> Later:
    """`newest` is the customer's latest text; has it come since this was written?"""
    theirs = zones.elsewhere(text.due_at)
    return Later(
        id=text.id,
        body=text.body,
        author=author,
        at=times.moment(text.due_at, zones.ours),
        theirs=day_and_time(text.due_at, theirs) if theirs else "",
        overtaken=newest > text.seen_id,
        back=text.fate == scheduling.RETURNED,
    )


def day_and_time(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{times.calendar().short_days[local.weekday()]} {local:%H:%M}"


def offered(now: datetime, zones: Zones) -> dict[str, str]:
    """The presets that make sense now, each with its words."""
    evening = now.astimezone(zones.ours).time() >= EVENING
    ours = {
        key: said for key, said in PRESETS.items() if key != "evening" or not evening
    }
    theirs = zones.elsewhere(now)
    return in_both(ours, now, zones, theirs) if theirs else ours


def in_both(
    ours: Mapping[str, str], now: datetime, zones: Zones, theirs: ZoneInfo
) -> dict[str, str]:
    """Ours with what time it is then for them, and theirs with what it is for us."""
    said: dict[str, str] = {}
    for key, words in ours.items():
        when = day_and_time(preset(key, now, zones.ours), theirs)
        said[key] = worded(IN_BOTH, preset=worded(words), when=when)
    for key, words in THEIR_PRESETS.items():
        at = preset(key.removeprefix(THEIRS), now, theirs)
        said[key] = worded(words, when=day_and_time(at, zones.ours))
    return said


def moment(when: str, typed: str, now: datetime, zones: Zones) -> datetime | None:
    """The time that was chosen or typed, None where there is none to be made of it."""
    zone = zones.theirs if when.startswith(THEIRS) else zones.ours
    if zone is None:
        return None
    chosen = when.removeprefix(THEIRS)
    if chosen in PRESETS:
        return preset(chosen, now, zone)
    return as_typed(typed, zone, now)


def preset(when: str, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    if when == "evening":
        return on(local, 0, EVENING)
    if when == "tomorrow":
        return on(local, 1, MORNING)
    if when == "monday":
        return on(local, (MONDAY - local.weekday()) % 7 or 7, MORNING)
    return now + timedelta(hours=1)


def on(local: datetime, days: int, at: time) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, at, local.tzinfo)


def typed(at: datetime, zone: ZoneInfo) -> str:
    """As a field for date and time has it."""
    return f"{at.astimezone(zone):{TYPED}}"


def as_typed(typed: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """What a field for date and time sends, such as 2026-11-23T09:00."""
    try:
        at = datetime.strptime(typed, TYPED).replace(tzinfo=zone)
    except ValueError:
        return None
    return moments.still_ahead(at, now)
