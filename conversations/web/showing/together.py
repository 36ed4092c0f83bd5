"""What came of a decision about several conversations, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import ngettext

from conversations.desk.together import Outcome
from conversations.models import Agent, Tag
from conversations.web.languages import spoken
from conversations.web.showing import states
from conversations.web.showing.states import Preset
from conversations.words import N_


@dataclass(frozen=True)
class Ways:
    """What there is to choose from for all that are picked."""

    me_id: int
    agents: Sequence[Agent]
    tags: Sequence[Tag]
    presets: Sequence[Preset]


@dataclass(frozen=True)
class Told:
    """`undo` are the conversations that can be opened again, by the marks of what
    closed them."""

    done: str
    refused: Sequence[str]
    undo: Mapping[int, int] = field(default_factory=dict)


NOTHING_PICKED = N_("Nothing is selected. Select some conversations first.")
TOO_MANY = N_("At most 100 conversations can be changed at once.")


def ways(agent: Agent, colleagues: Mapping[int, Agent], tags: Sequence[Tag]) -> Ways:
    here = [each for each in colleagues.values() if not each.disabled]
    return Ways(agent.id, here, tags, states.PRESETS)


def told(act: str, outcome: Outcome) -> Told:
    return Told(
        done=done(act, len(outcome.done)) if outcome.done else "",
        refused=refusals(outcome),
        undo=outcome.done if act == "close" else {},
    )


def refusals(outcome: Outcome) -> list[str]:
    said = [
        ngettext("%(num)d not: %(why)s", "%(num)d not: %(why)s", n, why=spoken(each))
        for each, n in ((why.sentence, n) for why, n in outcome.refused.items())
    ]
    if outcome.gone:
        missing = ngettext(
            "%(num)d is no longer yours to see",
            "%(num)d are no longer yours to see",
            outcome.gone,
        )
        said.append(f"{missing}.")
    return said


def done(act: str, count: int) -> str:
    words = {
        "close": ngettext("%(num)d closed", "%(num)d closed", count),
        "reopen": ngettext("%(num)d opened again", "%(num)d opened again", count),
        "assign": ngettext("%(num)d assigned", "%(num)d assigned", count),
        "tag": ngettext("%(num)d tagged", "%(num)d tagged", count),
        "snooze": ngettext("%(num)d snoozed", "%(num)d snoozed", count),
        "answered": ngettext("%(num)d needs no reply", "%(num)d need no reply", count),
        "read": ngettext("%(num)d marked as read", "%(num)d marked as read", count),
    }
    return str(words[act])


def problem(sentence: str) -> Told:
    return Told("", [spoken(sentence)])
