"""What a report is asked about: some days somewhere, and only what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import gcd
from zoneinfo import ZoneInfo

from conversations.desk.days import midnight

LONGEST_DAYS = 366
PRESETS = {"today": 1, "7": 7, "28": 28}
USUAL_DAYS = 7


@dataclass(frozen=True)
class Asked:
    """The days from `first` to `last`, both whole, as they begin and end in `zone`.

    What is 0 is left open.
    """

    first: date
    last: date
    zone: ZoneInfo
    line: int = 0
    team: int = 0
    agent: int = 0
    tag: int = 0

    @property
    def start(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def days(self) -> list[date]:
        many = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(many)]

    @property
    def hours(self) -> Iterator[datetime]:
        """When each begins, in UTC: a day has 23 or 25 when clocks are changed."""
        at = self.start
        while at < self.end:
            yield at
            at = next_hour(at, self.zone)

    @property
    def grain(self) -> int:
        """How many quarters of an hour never part an hour of the clocks there.

        Counted by the hour, a year is read four times as fast.
        """
        ends = [*self.days, self.last + timedelta(days=1)]
        offsets = {ahead(midnight(day, self.zone), self.zone) for day in ends}
        minutes = gcd(60, *offsets)
        return max(1, minutes // 15)

    @property
    def one_day(self) -> bool:
        return self.first == self.last


def ahead(at: datetime, zone: ZoneInfo) -> int:
    """By how many minutes clocks there are ahead of UTC, or behind."""
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def next_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """When the clock there next shows a whole hour."""
    local = at.astimezone(zone)
    passed = timedelta(minutes=local.minute)
    return at + timedelta(hours=1) - passed


def recent(days: int, zone: ZoneInfo, now: datetime) -> Asked:
    """The last so many days, today among them."""
    today = now.astimezone(zone).date()
    return Asked(today - timedelta(days=days - 1), today, zone)
