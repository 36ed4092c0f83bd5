"""What stands in a table: for people in their language, for programs plainly."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from conversations.texting import pricing
from conversations.web.languages import spoken_language
from conversations.web.showing import times

NONE = "\N{EN DASH}"
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Lasting:
    """A time that passed; None where there was none."""

    seconds: int | None


@dataclass(frozen=True)
class Share:
    """So many of a whole; of nothing there is no share."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


# A dash for people and nothing for programs.
UNKNOWN = Share(0, 0)


@dataclass(frozen=True)
class Money:
    """In millionths of a currency."""

    micros: int
    currency: str


Value: TypeAlias = str | int | date | datetime | Lasting | Share | Money


def shown(value: Value) -> str:
    """For people. A `datetime` is the beginning of an hour."""
    if isinstance(value, Lasting):
        return NONE if value.seconds is None else lasting(value.seconds)
    if isinstance(value, Share):
        return NONE if value.value is None else percent(value.value)
    if isinstance(value, Money):
        return f"{in_words(value.micros)} {value.currency}"
    if isinstance(value, datetime):
        return f"{value:%H:%M %Z}"
    if isinstance(value, date):
        return day(value)
    return whole(value, spoken_language()) if isinstance(value, int) else value


@lru_cache(10_000)
def whole(value: int, _language: str) -> str:
    """Remembered: a year has thousands of numbers, and few of them differ."""
    return str(format_decimal(value))


def machine(value: Value) -> str:
    """For programs: seconds, shares of 1, whole units of money, times as ISO 8601."""
    if isinstance(value, Lasting):
        return "" if value.seconds is None else str(value.seconds)
    if isinstance(value, Share):
        return "" if value.value is None else f"{value.value:.4f}"
    if isinstance(value, Money):
        return pricing.amount(value.micros)
    return value.isoformat() if isinstance(value, date) else str(value)


def in_words(micros: int) -> str:
    """Of money, whole units with two decimals, and more only where there are."""
    return str(format_decimal(Decimal(micros) / pricing.MICROS, "#,##0.00####"))


def percent(value: float) -> str:
    return str(format_percent(value, "#,##0.#%"))


def day(value: date) -> str:
    names = times.calendar()
    date = times.says(
        times.DATE,
        day=value.day,
        month=names.short_months[value.month - 1],
        year=value.year,
    )
    return f"{names.short_days[value.weekday()]} {date}"


def short_day(value: date) -> str:
    months = times.calendar().short_months
    return times.says(times.DAY_AND_MONTH, day=value.day, month=months[value.month - 1])


def lasting(seconds: int) -> str:
    """Such as 45 s, 12 min, 3 h 20 min or 2.5 days."""
    if seconds < 2 * MINUTE:
        return _("%(count)s s", count=seconds)
    if seconds < HOUR:
        return _("%(count)s min", count=seconds // MINUTE)
    if seconds < 2 * DAY:
        hours, minutes = divmod(seconds // MINUTE, 60)
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    return _("%(count)s days", count=format_decimal(round(seconds / DAY, 1)))
