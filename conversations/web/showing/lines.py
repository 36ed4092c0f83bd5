"""A line as admins see it, and as the banner speaks of it when texts wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.models import Line
from conversations.texting.line_state import WORTH_TELLING
from conversations.web.showing import people, times
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark
from conversations.words import N_

OPEN = Mark(N_("Open"), "done", "good")
PAUSED = Mark(N_("Paused since"), "pause", "bad")
HELD = Mark(N_("Held back until"), "clock", "unsure")
PROBING = Mark(N_("Being tried"), "again", "unsure")
SLOWED = Mark(N_("Slowed down"), "clock", "unsure")
RETIRED = Mark(N_("Retired since"), "ban")
UNKNOWN = Mark(N_("Never configured"), "help", "unsure")

TO_DO = {
    OPEN: N_("Nothing to do: texts leave as they come."),
    PAUSED: (
        N_(
            "Texts from this line wait. Once the cause is dealt with, "
            "resume it and they "
            "leave in order; those that have waited too long fail instead."
        )
    ),
    HELD: (
        N_(
            "Kaleyra takes no texts from it just now. Parley waits and "
            "then tries again by "
            "itself. If it goes on, look at Kaleyra's status page and your connection."
        )
    ),
    PROBING: (
        N_(
            "One text at a time tries whether calls go well again. The first that gets "
            "through opens the line."
        )
    ),
    SLOWED: (
        N_(
            "Kaleyra asked for less, so texts leave more slowly for a while. "
            "If it goes on, set the rate to what Kaleyra and your carrier allow."
        )
    ),
    RETIRED: (
        N_(
            "It is not in KALEYRA_NUMBERS, so it can be read and not "
            "sent from. Add the "
            "number there and start Parley again to use it."
        )
    ),
    UNKNOWN: (
        N_(
            "Customers texted this number, and it is not in "
            "KALEYRA_NUMBERS. Add it there "
            "and start Parley again if it is yours."
        )
    ),
}

PAUSED_NOTICE = N_(
    "Texts wait until an admin resumes the line; what waits too long is not sent."
)
HELD_NOTICE = N_("Texts wait for a while; then Parley tries again by itself.")
PROBING_NOTICE = N_("The next text tries whether it works again; others wait for it.")


@dataclass(frozen=True)
class ShownLine:
    """`at` goes with the mark's words; `stopped` is whether an admin may open it.

    `rate` and `slowed`, the pace it was slowed to, are in texts a second, if any.
    """

    id: int
    number: str
    sender: str
    paused: bool
    stopped: bool
    retired: bool
    mark: Mark
    at: Stamp | None
    reason: str
    to_do: str
    rate: str
    slowed: str


@dataclass(frozen=True)
class Notice:
    """What everybody must know of a line that texts wait on."""

    number: str
    icon: str
    tone: str
    state: str
    reason: str
    advice: str


def shown(lines: Iterable[Line], zone: ZoneInfo, now: datetime) -> list[ShownLine]:
    return [shown_line(line, zone, now) for line in lines]


def shown_line(line: Line, zone: ZoneInfo, now: datetime) -> ShownLine:
    mark, at = state(line, now)
    return ShownLine(
        id=line.id,
        number=people.number(line.address),
        sender=line.sender,
        paused=line.paused,
        stopped=not line.retired and mark != OPEN,
        retired=line.retired,
        mark=mark,
        at=times.moment(at, zone) if at else None,
        reason=reason(line, mark),
        to_do=TO_DO[mark],
        rate=f"{line.rate:g}" if line.rate else "",
        slowed=f"{slowed:.2g}" if (slowed := line.slowed(now)) else "",
    )


def state(line: Line, now: datetime) -> tuple[Mark, datetime | None]:
    """Where the line stands, and since or until when."""
    if line.retired:
        return (RETIRED, line.retired_at) if line.sender else (UNKNOWN, None)
    if line.paused:
        return PAUSED, line.paused_at
    if line.held(now):
        return HELD, line.held_until
    if line.probing:
        return PROBING, None
    return (SLOWED, None) if line.slowed(now) else (OPEN, None)


def reason(line: Line, mark: Mark) -> str:
    if mark == PAUSED:
        return line.pause_reason or ""
    return (line.hold_reason or "") if mark in (HELD, PROBING) else ""


def notices(lines: Sequence[Line], now: datetime) -> list[Notice]:
    """The banners: for each line on which texts wait, what is going on."""
    return [notice(line, now) for line in lines if line.paused or troubled(line, now)]


def troubled(line: Line, now: datetime) -> bool:
    """Whether its breaker is open, or it has to wait for long enough to say so."""
    return line.probing or line.held(now + WORTH_TELLING / 2)


def notice(line: Line, now: datetime) -> Notice:
    number = people.number(line.address)
    if line.paused:
        why = line.pause_reason or ""
        return Notice(number, "pause", "bad", N_("is paused."), why, PAUSED_NOTICE)
    why = line.hold_reason or ""
    if state(line, now)[0] == HELD:
        return Notice(
            number, "clock", "unsure", N_("has trouble sending."), why, HELD_NOTICE
        )
    return Notice(
        number, "again", "unsure", N_("had trouble sending."), why, PROBING_NOTICE
    )
