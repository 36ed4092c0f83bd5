"""The filters of the search in words: those in use, to choose from, and at fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conversations.desk.finding.asked import Chip
from conversations.models import Agent, Line, Tag
from conversations.texting.status import Status
from conversations.web.showing import people, wording

LABELS = {
    "from": _l("From"),
    "direction": _l("Direction"),
    "by": _l("Written by"),
    "line": _l("Line"),
    "status": _l("Status"),
    "tag": _l("Tag"),
    "after": _l("Since"),
    "before": _l("Before"),
    "has": _l("Has"),
    "is": _l("Is"),
}
CHOICES = {
    "from": {
        "customer": _l("a customer"),
        "agent": _l("an agent"),
        "note": _l("a note"),
    },
    "has": {"link": _l("a link")},
    "is": {"failed": _l("failed or not delivered")},
}
FAULTS = {
    "from": _l("After from: write customer, agent or note."),
    "direction": _l("After direction: write in, out or note."),
    "by": _l("Nobody here is called so; write me or the name of an agent."),
    "line": _l("None of our lines has this number."),
    "status": _l("There is no such status; write, for example, failed or sent."),
    "tag": _l("There is no such tag."),
    "after": _l("Write the day as 2026-11-22."),
    "before": _l("Write the day as 2026-11-22."),
    "has": _l("After has: write link."),
    "is": _l("After is: write failed, or another status."),
}


@dataclass(frozen=True)
class Used:
    """A filter in use; `typed` is how a form names it."""

    typed: str
    words: str


@dataclass(frozen=True)
class Choice:
    """A control of the form: its name, its label, and values with their words."""

    name: str
    label: str
    values: Mapping[str, str]


def used(chip: Chip) -> Used:
    value = CHOICES.get(chip.name, {}).get(chip.value, chip.value)
    return Used(f"{chip.name}:{chip.value}", f"{LABELS[chip.name]}: {value}")


def fault(chip: Chip) -> str:
    said = _("“%(chip)s” cannot be looked for.", chip=str(chip))
    return f"{said} {FAULTS[chip.name]}"


def strange(words: str) -> str:
    said = _("“%(words)s” is no filter, so it was looked for as words.", words=words)
    return str(said)


def choices(
    agents: Sequence[Agent], lines: Sequence[Line], tags: Sequence[Tag]
) -> list[Choice]:
    """All controls that offer something to choose; a single line is no choice."""
    some: dict[str, Mapping[str, str]] = {
        "from": CHOICES["from"],
        "by": {agent.name: agent.name for agent in agents},
        "line": numbers(lines) if len(lines) > 1 else {},
        "tag": {tag.name: tag.name for tag in tags},
        "status": {status: wording.MARKS[status].words for status in Status},
        "has": CHOICES["has"],
        "is": CHOICES["is"],
    }
    return [
        Choice(name, str(LABELS[name]), values)
        for name, values in some.items()
        if values
    ]


def numbers(lines: Sequence[Line]) -> dict[str, str]:
    return {line.address: people.number(line.address) for line in lines}
