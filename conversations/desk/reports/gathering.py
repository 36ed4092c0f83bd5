"""All that a report needs, read at once and in a limited time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from conversations.desk.reports import folding, volumes, waiting
from conversations.desk.reports.asked import Asked
from conversations.desk.reports.folding import Sums
from conversations.desk.reports.volumes import Count, Heard
from conversations.desk.reports.waiting import Over, Waiting
from conversations.models import Agent
from conversations.searching.limit import Limit, OutOfTime

SECONDS = 8.0
# For what a report can be without: no tally has it, so it takes long in a busy year.
SECONDS_FOR_TAGS = 3.0


@dataclass(frozen=True)
class Gathered:
    """`tagged` has the seconds of waits by tag, shortest first, and `heard` the texts;
    None: these were too many to count."""

    asked: Asked
    timed: Sequence[Count]
    kinds: Sequence[Count]
    waits: Sequence[Over]
    tagged: Mapping[int, Sequence[int]]
    waiting: Waiting
    heard: Mapping[int, Heard] | None

    @cached_property
    def when(self) -> Sequence[tuple[date, Sums]]:
        """One day by its hours, several by days."""
        fold = folding.by_hour if self.asked.one_day else folding.by_day
        return fold(self.timed, self.asked)


def gather(viewer: Agent, asked: Asked) -> Gathered:
    """Raises `OutOfTime` where there is too much to count."""
    limit = Limit(SECONDS)
    return Gathered(
        asked=asked,
        timed=volumes.by_time(viewer, asked, limit),
        kinds=volumes.by_kind(viewer, asked, limit),
        waits=waiting.over(viewer, asked, limit),
        tagged=waiting.by_tag(viewer, asked, limit),
        waiting=waiting.now(viewer, asked, limit),
        heard=heard(viewer, asked, Limit(min(limit.left, SECONDS_FOR_TAGS))),
    )


def heard(viewer: Agent, asked: Asked, limit: Limit) -> Mapping[int, Heard] | None:
    try:
        return volumes.by_tag(viewer, asked, limit)
    except OutOfTime:
        return None
