"""A line as admins see it, and as the banner speaks of it when it is paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conversations.models import Line
from conversations.web.showing import people, times
from conversations.web.showing.times import Stamp


@dataclass(frozen=True)
class ShownLine:
    id: int
    number: str
    sender: str
    paused: Stamp | None
    reason: str


def shown(lines: Iterable[Line], zone: ZoneInfo) -> list[ShownLine]:
    return [
        ShownLine(
            id=line.id,
            number=people.number(line.address),
            sender=line.sender,
            paused=times.moment(line.paused_at, zone) if line.paused_at else None,
            reason=line.pause_reason or "",
        )
        for line in lines
    ]
