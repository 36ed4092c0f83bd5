"""Quarters of an hour put together into days and hours, as clocks somewhere show."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from conversations.desk.reports.asked import Asked
from conversations.desk.reports.volumes import Count
from conversations.texting.status import Status
from conversations.texting.tallies import start_of

Key = TypeVar("Key")

# Never left, so it costs nothing; the rest left, or may have.
STAYED = {Status.SCHEDULED, Status.QUEUED, Status.SENDING, Status.FAILED}
LOST = {Status.FAILED, Status.UNDELIVERED}


@dataclass
class Sums:
    """Texts in and out, what became of those out, and the parts that left.

    `costs` are what these cost, in millionths of each currency; `unpriced` of the texts
    that left have no price that anybody knows.
    """

    inbound: int = 0
    outbound: int = 0
    delivered: int = 0
    lost: int = 0
    parts: int = 0
    costs: Counter[str] = field(default_factory=Counter)
    unpriced: int = 0

    def add(self, count: Count) -> None:
        if count.inbound:
            self.inbound += count.texts
            return
        self.outbound += count.texts
        self.delivered += count.texts if count.status is Status.DELIVERED else 0
        self.lost += count.texts if count.status in LOST else 0
        if count.status not in STAYED:
            self.parts += count.segments
            self.pay(count)

    def pay(self, count: Count) -> None:
        if count.currency:
            self.costs[count.currency] += count.micros
        else:
            self.unpriced += count.texts

    @property
    def unknown(self) -> int:
        """On their way, or never reported on."""
        return self.outbound - self.delivered - self.lost

    @property
    def final(self) -> int:
        return self.delivered + self.lost


def sums(counts: Iterable[Count]) -> Sums:
    found = Sums()
    for count in counts:
        found.add(count)
    return found


def together(each: Iterable[Sums]) -> Counter[str]:
    """What they cost, by currency."""
    found: Counter[str] = Counter()
    for one in each:
        found.update(one.costs)
    return found


def by(counts: Iterable[Count], key: Callable[[Count], Key]) -> Mapping[Key, Sums]:
    found: dict[Key, Sums] = defaultdict(Sums)
    for count in counts:
        found[key(count)].add(count)
    return found


def by_day(counts: Iterable[Count], asked: Asked) -> list[tuple[date, Sums]]:
    """Every day that was asked about, also one without a text."""
    found = by(counts, lambda count: local(count.quarter, asked.zone).date())
    return [(day, found.get(day, Sums())) for day in asked.days]


def by_hour(counts: Iterable[Count], asked: Asked) -> list[tuple[datetime, Sums]]:
    """Every hour of the days, with the local time at which it begins.

    What a clock shows is not asked: where it is changed by half an hour, as on Lord
    Howe Island, it shows times of an hour that began at none of them.
    """
    zone, hours = asked.zone, list(asked.hours)
    found = by(counts, lambda count: latest(hours, start_of(count.quarter)))
    return [(at.astimezone(zone), found.get(at, Sums())) for at in hours]


def latest(hours: Sequence[datetime], at: datetime) -> datetime:
    """The last of these that is not after `at`."""
    return hours[max(bisect_right(hours, at) - 1, 0)]


def by_hour_of_week(
    counts: Iterable[Count], asked: Asked
) -> Mapping[tuple[int, int], Sums]:
    """By weekday (Monday is 0) and by the hour that clocks show."""

    def place(count: Count) -> tuple[int, int]:
        at = local(count.quarter, asked.zone)
        return at.weekday(), at.hour

    return by(counts, place)


@lru_cache(10_000)
def local(quarter: int, zone: ZoneInfo) -> datetime:
    return start_of(quarter).astimezone(zone)
