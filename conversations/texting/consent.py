"""Whether we may text somebody: the one gate that every way of sending asks.

Consent is kept per conversation, that is per customer and line; `opting` changes it.
"""

from dataclasses import dataclass

from conversations.models import Conversation
from conversations.texting import phone
from conversations.words import N_


@dataclass(frozen=True)
class Refusal:
    """Why a text may not be sent: `code` for programs, `sentence` for people."""

    code: str
    sentence: str


STOPPED = Refusal(
    "opted_out",
    N_(
        "This customer opted out of texts from this line. "
        "They can text START to open it again."
    ),
)
NOT_TEXTABLE = Refusal(
    "not_textable",
    N_("This sender is a name, not a number, so it cannot be answered by text."),
)
RETIRED = Refusal(
    "line_retired",
    N_(
        "This line is not among the configured numbers, so nothing can be sent from it."
    ),
)


def refusal(conversation: Conversation) -> Refusal | None:
    """Why nothing may be sent in this conversation now; None when it may."""
    return refusal_for(
        conversation.customer.address,
        opted_out=conversation.opted_out,
        retired=conversation.line.retired,
    )


def refusal_for(address: str, *, opted_out: bool, retired: bool) -> Refusal | None:
    """The same rules for the outbox, which holds bare columns instead of nouns."""
    if opted_out:
        return STOPPED
    if retired:
        return RETIRED
    if not phone.textable(address):
        return NOT_TEXTABLE
    return None
