"""What reading a callback came to, as the journal keeps it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

Said = TypeVar("Said")


class Kind(StrEnum):
    READ = "read"
    DUPLICATE = "duplicate"
    PARKED = "parked"
    ODD = "odd"
    UNREADABLE = "unreadable"
    ASIDE = "aside"


@dataclass(frozen=True)
class Entry(Generic[Said]):
    """One callback of the journal and what it says."""

    callback_id: int
    received_at: datetime
    said: Said


@dataclass(frozen=True)
class Outcome:
    """`note` is a sentence for admins; `message_id` the message it made or concerns."""

    callback_id: int
    kind: Kind
    note: str | None = None
    message_id: int | None = None
