"""Times in words, in the agent's zone and language; the system has no say in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel import Locale
from flask_babel import gettext as _

from conversations.web.languages import spoken_language
from conversations.words import N_

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

MINUTES = N_("{count} min")
HOURS = N_("{count} h")
SOME_DAYS = N_("{count} days")
DAY_AND_MONTH = N_("{day} {month}")
DATE = N_("{day} {month} {year}")
DATE_AND_TIME = N_("{day} {month} {year}, {time}")
LONG_DAY = N_("{weekday} {day} {month}")
LONG_DATE = N_("{weekday} {day} {month} {year}")
EXACT = N_("{date}, {time}")
NOW = N_("now")
PATTERNS = (
    *(NOW, MINUTES, HOURS, SOME_DAYS, EXACT),
    *(DAY_AND_MONTH, DATE, DATE_AND_TIME, LONG_DAY, LONG_DATE),
)


@dataclass(frozen=True)
class Stamp:
    """One time as a page needs it: for people, in full on demand, and for machines."""

    words: str
    exact: str
    iso: str


@dataclass(frozen=True)
class Calendar:
    """What a language calls the days, Monday first, and the months; and how it puts
    them together. Lists need many times, so these are looked up only once."""

    days: tuple[str, ...]
    short_days: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    patterns: Mapping[str, str]

    def says(self, pattern: str, **values: object) -> str:
        return self.patterns[pattern].format(**values)


def calendar() -> Calendar:
    return calendar_of(spoken_language())


def says(pattern: str, **values: object) -> str:
    return calendar().says(pattern, **values)


@lru_cache
def calendar_of(language: str) -> Calendar:
    locale = Locale(language)
    days, months = locale.days["format"], locale.months["format"]
    return Calendar(
        days=tuple(days["wide"][number] for number in range(7)),
        short_days=tuple(days["abbreviated"][number] for number in range(7)),
        months=tuple(months["wide"][number] for number in range(1, 13)),
        short_months=tuple(months["abbreviated"][number] for number in range(1, 13)),
        patterns={pattern: _(pattern) for pattern in PATTERNS},
    )


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
        return says(NOW)
    if passed < HOUR:
        return says(MINUTES, count=passed // MINUTE)
    if local.date() == now.date():
        return says(HOURS, count=passed // HOUR)
    return near_day(local.date(), now.date())


def passed(time: timedelta) -> str:
    """How long, as beside somebody who waits; `waiting.js` says it the same way."""
    if time < HOUR:
        return says(MINUTES, count=max(time // MINUTE, 1))
    if time < 2 * DAY:
        return says(HOURS, count=time // HOUR)
    return says(SOME_DAYS, count=time // DAY)


def for_script() -> dict[str, str]:
    """What `waiting.js` says `passed` with."""
    return {
        "minutes": _(MINUTES),
        "hours": _(HOURS),
        "days": _(SOME_DAYS),
    }


def near_day(day: date, today: date) -> str:
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if timedelta(0) < today - day < WEEK:
        return calendar().short_days[day.weekday()]
    return short_date(day, today)


def short_date(day: date, today: date) -> str:
    pattern = DAY_AND_MONTH if day.year == today.year else DATE
    month = calendar().short_months[day.month - 1]
    return says(pattern, day=day.day, month=month, year=day.year)


def day(local: date, today: date) -> str:
    """A day as it stands between messages."""
    if local == today:
        return _("Today")
    if local == today - timedelta(days=1):
        return _("Yesterday")
    return long_date(local, with_year=local.year != today.year)


def long_date(day: date, *, with_year: bool) -> str:
    names = calendar()
    return says(
        LONG_DATE if with_year else LONG_DAY,
        weekday=names.days[day.weekday()],
        day=day.day,
        month=names.months[day.month - 1],
        year=day.year,
    )


def exact(local: datetime) -> str:
    """In full, with the zone: "Sunday 22 November 2026, 10:42:07 CET"."""
    date = long_date(local.date(), with_year=True)
    return says(EXACT, date=date, time=f"{local:%H:%M:%S %Z}")


def moment(at: datetime, zone: tzinfo) -> Stamp:
    """The day and the time, as in a list of events: "22 Nov 2026, 10:42"."""
    local = at.astimezone(zone)
    words = says(
        DATE_AND_TIME,
        day=local.day,
        month=calendar().short_months[local.month - 1],
        year=local.year,
        time=f"{local:%H:%M}",
    )
    return Stamp(words, exact(local), local.isoformat(timespec="seconds"))
