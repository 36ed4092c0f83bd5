"""A callback as admins see it: in short with numbers masked, or whole."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conversations.desk.journal import Found
from conversations.models import Callback
from conversations.web.showing import text, times
from conversations.web.showing.times import Stamp
from conversations.words import N_

NUMBER = re.compile(r"\+?\d[\d ().-]{4,}\d")
SECRET = re.compile(r"((?:^|&)token=)[^&]*")
KEPT_DIGITS = 3

OUTCOMES = {
    "new": N_("Not read yet"),
    "read": N_("Read"),
    "duplicate": N_("Came twice"),
    "parked": N_("Waits for its text"),
    "odd": N_("Odd"),
    "unreadable": N_("Unreadable"),
    "aside": N_("Set aside"),
}
ADDRESSES = {"inbound": N_("Texts"), "status": N_("Reports")}


@dataclass(frozen=True)
class Summary:
    id: int
    received: Stamp
    address: str
    outcome: str
    tone: str
    note: str
    message_id: int | None


@dataclass(frozen=True)
class Page:
    """`older` is where the next page starts; `stopped` where looking was given up."""

    shown: list[Summary]
    older: int | None
    stopped: Summary | None


@dataclass(frozen=True)
class Whole:
    """Everything that came, as text that is only ever printed escaped."""

    summary: Summary
    method: str
    content_type: str
    query: str
    body: str
    is_utf8: bool
    new: bool
    odd: bool
    corrected: bool
    corrected_by: str
    corrected_at: Stamp | None


def listed(found: Found, zone: ZoneInfo) -> Page:
    shown = [summary(callback, zone) for callback in found.callbacks]
    stopped = summary(found.stopped, zone) if found.stopped else None
    return Page(shown, found.older, stopped)


def summary(callback: Callback, zone: ZoneInfo) -> Summary:
    return Summary(
        id=callback.id,
        received=times.moment(callback.received_at, zone),
        address=ADDRESSES.get(callback.address, callback.address),
        outcome=OUTCOMES.get(callback.outcome, callback.outcome),
        tone="bad" if callback.outcome == "unreadable" else "quiet",
        note=masked(callback.note or ""),
        message_id=callback.message_id,
    )


def in_full(callback: Callback, zone: ZoneInfo) -> Whole:
    at, body = callback.corrected_at, bytes(callback.body)
    return Whole(
        summary=summary(callback, zone),
        method=callback.method,
        content_type=callback.content_type,
        query=visible(SECRET.sub(r"\1***", callback.query)),
        body=visible(body.decode("utf-8", "backslashreplace")),
        is_utf8=is_utf8(body),
        new=callback.outcome == "new",
        odd=callback.outcome == "odd",
        corrected=callback.correction is not None,
        corrected_by=callback.corrected_by or "",
        corrected_at=times.moment(at, zone) if at else None,
    )


def is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def visible(raw: str) -> str:
    """Characters that cannot be seen, written as Python escapes them."""
    return text.DECEPTIVE_ONE.sub(lambda found: ascii(found[0])[1:-1], raw)


def masked(note: str) -> str:
    """`note` with no more of any number than its last three digits."""
    return NUMBER.sub(lambda found: f"***{found[0][-KEPT_DIGITS:]}", note)
