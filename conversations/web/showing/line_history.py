"""What waits on a line, what failed on it and what happened to it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.models import LineEvent
from conversations.texting import line_state
from conversations.texting.status import Status
from conversations.web.showing import times, wording
from conversations.web.showing.times import Stamp
from conversations.words import N_

NO_REASON = N_("No reason was given.")

EVENTS = {
    line_state.PAUSED: N_("Paused"),
    line_state.RESUMED: N_("Resumed"),
    line_state.HELD: N_("Held back"),
    line_state.LET_GO: N_("Let go"),
    line_state.SLOWED: N_("Slowed down"),
    line_state.RATE: N_("Rate changed"),
    line_state.TEAM: N_("Team changed"),
    line_state.PRICES: N_("Prices changed"),
}


@dataclass(frozen=True)
class Queue:
    """How many texts wait, and since when the oldest does."""

    waiting: int
    oldest: Stamp | None


@dataclass(frozen=True)
class Failure:
    words: str
    reason: str
    code: str
    many: int


@dataclass(frozen=True)
class Event:
    what: str
    who: str
    sentence: str
    at: Stamp


def queue(waiting: int, oldest: datetime | None, zone: ZoneInfo) -> Queue:
    return Queue(waiting, times.moment(oldest, zone) if oldest else None)


def failures(
    found: Iterable[tuple[str, str | None, str | None, int]],
) -> list[Failure]:
    return [
        Failure(
            wording.MARKS[Status(status)].words, sentence or NO_REASON, code or "", many
        )
        for status, code, sentence, many in found
    ]


def events(found: Iterable[LineEvent], zone: ZoneInfo) -> list[Event]:
    return [
        Event(
            what=EVENTS.get(event.what, event.what),
            who=event.who or "Parley",
            sentence=event.sentence,
            at=times.moment(event.at, zone),
        )
        for event in found
    ]
