"""The sentence for a decision that was refused, as the page after it says it."""

from flask import request

from conversations.desk import closing, jumping, signals, tags
from conversations.texting.consent import Refusal
from conversations.words import N_

NOT_A_TIME = Refusal("not_a_time", N_("Choose a time that is yet to come."))
LONG_NOTE = Refusal("long_note", N_("Use at most 200 characters for the note."))

KNOWN = (
    *(NOT_A_TIME, LONG_NOTE, signals.MORE_CAME, signals.IS_CLOSED, tags.UNKNOWN),
    closing.CLOSED_SINCE,
    *(*jumping.NO_OTHER.values(), jumping.NOTHING_YET, jumping.NOT_A_DAY),
)
SENTENCES = {refusal.code: refusal.sentence for refusal in KNOWN}


def told_here() -> str:
    """What this address tells; nothing most of the time."""
    return SENTENCES.get(request.args.get("told", ""), "")
