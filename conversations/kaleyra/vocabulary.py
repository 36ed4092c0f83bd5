"""Kaleyra's words for what became of a text, turned into ours.

Callbacks, the status API, the trace table and the old platform spell them each in their
way ("NOT-SENT", "NotSent", "NOT SENT"), so words are compared by their letters alone.
"""

import re
from collections.abc import Mapping

from conversations.kaleyra.traces import SEND_AGAIN, TRACES, Trace
from conversations.texting.status import Status
from conversations.words import N_

# "Failed", "Expired" and "Rejected" are news from the operator, so the text had left.
# Only "not sent" says that Kaleyra kept it back, and then it is not charged.
STATUSES: Mapping[str, Status] = {
    "ACCEPTED": Status.ACCEPTED,
    "ACCEPTD": Status.ACCEPTED,
    "AWAITEDDLR": Status.ACCEPTED,
    "SUBMITTED": Status.ACCEPTED,
    "ENROUTE": Status.ACCEPTED,
    "SENT": Status.SENT,
    "SENTNODLR": Status.SENT,
    "NODLROPTR": Status.SENT,
    "DELIVERED": Status.DELIVERED,
    "DELIVRD": Status.DELIVERED,
    "UNDELIVERED": Status.UNDELIVERED,
    "UNDELIV": Status.UNDELIVERED,
    "FAILED": Status.UNDELIVERED,
    "EXPIRED": Status.UNDELIVERED,
    "REJECTED": Status.UNDELIVERED,
    "REJECTD": Status.UNDELIVERED,
    "NOTSENT": Status.FAILED,
}

SAYS = N_("Kaleyra says: {words}")
NO_REASON = Trace(
    N_("The text did not arrive, and the network gave no reason."), SEND_AGAIN
)
SAID: Mapping[str, Trace] = {
    trace.sentence: trace for trace in (*TRACES.values(), NO_REASON)
}
LONGEST_DESCRIPTION = 200


def read_status(text: str) -> Status | None:
    """What a status of Kaleyra's means; one we do not know, None, settles nothing."""
    return STATUSES.get(letters(text))


def status_in(said: str, trace: str) -> Status | None:
    """The status that was `said`, else the one in its trace.

    A trace code in its place says why a text did not arrive, so it did not.
    """
    known = read_status(said) or read_status(trace)
    return known or (Status.UNDELIVERED if letters(said) in TRACES else None)


def is_trace(text: str) -> bool:
    """Whether `text` is a trace code or a status, rather than a sentence."""
    return letters(text) in TRACES or read_status(text) is not None


def explain(trace: str, description: str = "") -> Trace:
    """Why a text did not arrive: by its trace, else in Kaleyra's own words."""
    known = TRACES.get(letters(trace)) or TRACES.get(letters(description))
    return known or quoted(description) or NO_REASON


def trace_said(sentence: str | None) -> Trace | None:
    """Which trace a text failed with, by the sentence that was kept of it."""
    return SAID.get(sentence or "")


def quoted(description: str) -> Trace | None:
    words = " ".join(description.split())[:LONGEST_DESCRIPTION]
    return Trace(SAYS.format(words=words), SEND_AGAIN) if words else None


def letters(text: str) -> str:
    return re.sub("[^A-Z]", "", text.upper())
