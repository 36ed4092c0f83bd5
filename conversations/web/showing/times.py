"""Times in words, in the agent's zone; the system's locale has no say in them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHORT = 3


@dataclass(frozen=True)
class Stamp:
    """One time as a page needs it: for people, in full on demand, and for machines."""

    words: str
    exact: str
    iso: str


def clock(at: datetime, zone: tzinfo) -> Stamp:
    """The time of day, as beside a message."""
    local = at.astimezone(zone)
    return Stamp(f"{local:%H:%M}", exact(local), local.isoformat(timespec="seconds"))


def relative(at: datetime, zone: tzinfo, now: datetime) -> Stamp:
    """How long ago, as in a list: minutes and hours first, then the day."""
    local = at.astimezone(zone)
    return Stamp(
        ago(local, now.astimezone(zone)),
        exact(local),
        local.isoformat(timespec="seconds"),
    )


def ago(local: datetime, now: datetime) -> str:
    passed = now - local
    if passed < MINUTE:
        return "now"
    if passed < HOUR:
        return f"{passed // MINUTE} min"
    if local.date() == now.date():
        return f"{passed // HOUR} h"
    return near_day(local.date(), now.date())


def passed(time: timedelta) -> str:
    """How long, as beside somebody who waits; `waiting.js` says it the same way."""
    if time < HOUR:
        return f"{max(time // MINUTE, 1)} min"
    if time < 2 * DAY:
        return f"{time // HOUR} h"
    return f"{time // DAY} days"


def near_day(day: date, today: date) -> str:
    if day == today - timedelta(days=1):
        return "Yesterday"
    if timedelta(0) < today - day < WEEK:
        return DAYS[day.weekday()][:SHORT]
    return short_date(day, today)


def short_date(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:SHORT]}{year}"


def day(local: date, today: date) -> str:
    """A day as it stands between messages."""
    if local == today:
        return "Today"
    if local == today - timedelta(days=1):
        return "Yesterday"
    return long_date(local, with_year=local.year != today.year)


def long_date(day: date, *, with_year: bool) -> str:
    year = f" {day.year}" if with_year else ""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def exact(local: datetime) -> str:
    """In full, with the zone: "Sunday 22 November 2026, 10:42:07 CET"."""
    return f"{long_date(local.date(), with_year=True)}, {local:%H:%M:%S %Z}"


def moment(at: datetime, zone: tzinfo) -> Stamp:
    """The day and the time, as in a list of events: "22 Nov 2026, 10:42"."""
    local = at.astimezone(zone)
    month = MONTHS[local.month - 1][:SHORT]
    words = f"{local.day} {month} {local.year}, {local:%H:%M}"
    return Stamp(words, exact(local), local.isoformat(timespec="seconds"))
