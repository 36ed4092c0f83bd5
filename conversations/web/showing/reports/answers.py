"""How long customers waited for a person's answer."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flask_babel import gettext as _

from conversations.desk.reports import waiting
from conversations.desk.reports.gathering import Gathered
from conversations.desk.reports.waiting import Over, Times
from conversations.web.showing.reports import plots
from conversations.web.showing.reports.plots import Columns, Label, Point
from conversations.web.showing.reports.tables import Column, Section, Table
from conversations.web.showing.reports.values import Lasting, lasting, shown

MINUTE, HOUR, DAY = 60, 3600, 86_400
BOUNDS = (MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR,
          8 * HOUR, DAY, 2 * DAY)  # fmt: skip


def section(found: Gathered) -> Section:
    firsts = [wait.seconds for wait in found.waits if wait.first]
    every = [wait.seconds for wait in found.waits]
    both = waiting.times(firsts), waiting.times(every)
    return Section(
        "answers",
        _("How long customers waited"),
        _(
            "From a customer's first text that nobody had answered to the first text "
            "that a person wrote; what programs send is no answer, and nights count. "
            "By the day of the answer. A first answer is the first of a matter, until "
            "it is closed."
        ),
        table(found.waits, both),
        plot(every, both[1]),
        empty=not every,
    )


def table(waits: Sequence[Over], both: tuple[Times, Times]) -> Table:
    columns = [
        Column("waited", _("Waited")),
        Column("first_answers", _("First answers")),
        Column("answers", _("All answers")),
    ]
    firsts = Counter(place(wait.seconds) for wait in waits if wait.first)
    every = Counter(place(wait.seconds) for wait in waits)
    rows = [(words, firsts[n], every[n]) for n, words in enumerate(ranges())]
    median = (
        _("Median: half waited at most"),
        *(Lasting(each.median) for each in both),
    )
    p90 = (_("Nine in ten waited at most"), *(Lasting(each.p90) for each in both))
    return Table(columns, [*rows, median, p90])


def place(seconds: int) -> int:
    """Which of the ranges this is in; each ends before its bound."""
    return bisect_right(BOUNDS, seconds)


def ranges() -> list[str]:
    words = [short(bound) for bound in BOUNDS]
    within = [
        _("%(least)s to %(most)s", least=least, most=most)
        for least, most in pairwise(words)
    ]
    return [
        _("under %(most)s", most=words[0]),
        *within,
        _("%(least)s or more", least=words[-1]),
    ]


def short(seconds: int) -> str:
    if seconds < HOUR:
        return _("%(count)s min", count=seconds // MINUTE)
    if seconds <= DAY:
        return _("%(count)s h", count=seconds // HOUR)
    return _("%(count)s days", count=seconds // DAY)


def plot(every: Sequence[int], of_all: Times) -> Columns:
    names = ranges()
    counts = Counter(map(place, every))
    points = [
        Point(name, f"{name}: {shown(counts[n])}", (counts[n],))
        for n, name in enumerate(names)
    ]
    drawn = plots.columns(
        _("How long customers waited"), points, [("wait", _("Answers"))]
    )
    width = 100 / len(names)
    bounds = [Label(round(width * (n + 1), 3), short(b)) for n, b in enumerate(BOUNDS)]
    marks = [Label(along(at, width), words) for at, words in marked(of_all)]
    return replace(drawn, labels=bounds[::2], marks=marks)


def marked(of_all: Times) -> list[tuple[int, str]]:
    if of_all.median is None or of_all.p90 is None:
        return []
    return [
        (of_all.median, _("median %(time)s", time=lasting(of_all.median))),
        (of_all.p90, _("9 in 10: %(time)s", time=lasting(of_all.p90))),
    ]


def along(seconds: int, width: float) -> float:
    """Where a time lies on the axis, each range taken as even."""
    number = place(seconds)
    if number == len(BOUNDS):
        return round(100 - width / 2, 3)
    least, most = (0, *BOUNDS)[number], BOUNDS[number]
    return round(width * (number + (seconds - least) / (most - least)), 3)
