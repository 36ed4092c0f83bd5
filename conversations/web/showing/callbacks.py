"""A callback as admins see it: in short with numbers masked, or whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conversations.models import Callback
from conversations.web.showing import text, times
from conversations.web.showing.times import Stamp

NUMBER = re.compile(r"\+?\d[\d ().-]{4,}\d")
SECRET = re.compile(r"((?:^|&)token=)[^&]*")
KEPT_DIGITS = 3

OUTCOMES = {
    "new": "Not read yet",
    "read": "Read",
    "duplicate": "Came twice",
    "parked": "Waits for its text",
    "odd": "Odd",
    "unreadable": "Unreadable",
}
ADDRESSES = {"inbound": "Texts", "status": "Reports"}


@dataclass(frozen=True)
class Summary:
    id: int
    received: Stamp
    address: str
    outcome: str
    tone: str
    note: str


@dataclass(frozen=True)
class Page:
    shown: list[Summary]
    older: int | None


@dataclass(frozen=True)
class Whole:
    """Everything that came, as text that is only ever printed escaped."""

    summary: Summary
    method: str
    content_type: str
    query: str
    body: str
    message_id: int | None


def listed(read: Sequence[Callback], size: int, zone: ZoneInfo) -> Page:
    shown = [summary(callback, zone) for callback in read[:size]]
    return Page(shown, shown[-1].id if len(read) > size else None)


def summary(callback: Callback, zone: ZoneInfo) -> Summary:
    return Summary(
        id=callback.id,
        received=times.moment(callback.received_at, zone),
        address=ADDRESSES.get(callback.address, callback.address),
        outcome=OUTCOMES.get(callback.outcome, callback.outcome),
        tone="bad" if callback.outcome == "unreadable" else "quiet",
        note=masked(callback.note or ""),
    )


def in_full(callback: Callback, zone: ZoneInfo) -> Whole:
    return Whole(
        summary=summary(callback, zone),
        method=callback.method,
        content_type=callback.content_type,
        query=visible(SECRET.sub(r"\1***", callback.query)),
        body=visible(bytes(callback.body).decode("utf-8", "backslashreplace")),
        message_id=callback.message_id,
    )


def visible(raw: str) -> str:
    """Characters that cannot be seen, written as Python escapes them."""
    return text.DECEPTIVE_ONE.sub(lambda found: ascii(found[0])[1:-1], raw)


def masked(note: str) -> str:
    """`note` with no more of any number than its last three digits."""
    return NUMBER.sub(lambda found: f"***{found[0][-KEPT_DIGITS:]}", note)
