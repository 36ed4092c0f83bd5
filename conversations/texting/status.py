"""Where a text stands, and what a delivery report may change about it."""

from enum import StrEnum


class Status(StrEnum):
    """Where a text stands; the wording for people lives with the pages."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
    RECEIVED = "received"
    NOTED = "noted"

    @property
    def final(self) -> bool:
        """Whether nothing more is expected; a report may still correct it."""
        return self in FINAL


FINAL = frozenset(
    {
        Status.DELIVERED,
        Status.UNDELIVERED,
        Status.FAILED,
        Status.CANCELLED,
        Status.RECEIVED,
        Status.NOTED,
    }
)

# Nobody got it, as far as we know.
CAME_TO_NOTHING = frozenset({Status.FAILED, Status.UNDELIVERED, Status.CANCELLED})

# How much each status knows about what became of a text that may have left. No two that
# a report can bring are equal, so reports in any order end in the same place. What is
# missing here never left on its own account and no report moves it.
KNOWLEDGE = {
    Status.QUEUED: 0,
    Status.SENDING: 0,
    Status.UNCONFIRMED: 0,
    Status.ACCEPTED: 1,
    Status.SENT: 2,
    Status.FAILED: 3,
    Status.UNDELIVERED: 4,
    Status.DELIVERED: 5,
}


def may_follow(new: Status, old: Status) -> bool:
    """Whether a report of `new` changes a text that stands at `old`.

    Reports come late, twice and out of order, so a text only moves to what knows more.
    `failed` says that it never left; a report that the network tried, or the handset
    has it, is the truth and wins.
    """
    return old in KNOWLEDGE and KNOWLEDGE.get(new, 0) > KNOWLEDGE[old]
