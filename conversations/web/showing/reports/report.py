"""The sections of a report in their order, and the figures that stand before them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from conversations.desk.reports import folding, waiting
from conversations.desk.reports.gathering import Gathered
from conversations.web.showing.reports import answers, costs, delivery, people, traffic
from conversations.web.showing.reports.tables import Figure, Section
from conversations.web.showing.reports.values import Lasting, lasting, shown


@dataclass(frozen=True)
class Names:
    """What stands for ids."""

    agents: Mapping[int, str]
    lines: Mapping[int, str]
    tags: Mapping[int, str]


@dataclass(frozen=True)
class Choice:
    """A control: its name in the address, its label, and what can be chosen, by id."""

    name: str
    label: str
    values: Mapping[int, str]


SECTIONS: Mapping[str, Callable[[Gathered, Names], Section]] = {
    "texts": lambda found, names: traffic.volume(found),
    "answers": lambda found, names: answers.section(found),
    "delivery": lambda found, names: delivery.shares(found),
    "failures": lambda found, names: delivery.failures(found),
    "hours": lambda found, names: traffic.week(found),
    "agents": lambda found, names: people.by_agent(found, names.agents),
    "lines": lambda found, names: people.by_line(found, names.lines),
    "tags": lambda found, names: people.by_tag(found, names.tags),
    "parts": lambda found, names: traffic.parts(found),
    "cost": lambda found, names: costs.by_time(found),
    "line-cost": lambda found, names: costs.by_line(found, names.lines),
}


def sections(found: Gathered, names: Names) -> Sequence[Section]:
    return [make(found, names) for make in SECTIONS.values()]


def figures(found: Gathered, now: datetime) -> Sequence[Figure]:
    every = folding.sums(found.kinds)
    firsts = waiting.times([wait.seconds for wait in found.waits if wait.first])
    more = ""
    if firsts.p90 is not None:
        more = _("nine in ten within %(time)s", time=lasting(firsts.p90))
    undecided = _("%(count)s not known", count=shown(every.unknown))
    return [
        Figure(_("Texts in"), every.inbound),
        Figure(_("Texts out"), every.outbound, parts(every.parts)),
        Figure(_("First answer, median"), Lasting(firsts.median), more),
        Figure(
            _("Delivery rate"), delivery.rate(every), undecided if every.unknown else ""
        ),
        *costs.figures(every),
        Figure(_("Waiting now"), found.waiting.many, longest(found, now)),
    ]


def parts(many: int) -> str:
    if not many:
        return ""
    return ngettext("%(count)s part", "%(count)s parts", many, count=shown(many))


def longest(found: Gathered, now: datetime) -> str:
    since = found.waiting.since
    if since is None:
        return ""
    seconds = max(int((now - since).total_seconds()), 0)
    return _("longest %(time)s", time=lasting(seconds))


def choices(names: Names, teams: Mapping[int, str]) -> Sequence[Choice]:
    """A single line is no choice, and where there is nothing, neither is that."""
    some = [
        Choice("line", _("Line"), names.lines if len(names.lines) > 1 else {}),
        Choice("team", _("Team"), teams),
        Choice("agent", _("Agent"), names.agents),
        Choice("tag", _("Tag"), names.tags),
    ]
    return [choice for choice in some if choice.values]
