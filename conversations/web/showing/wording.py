"""The words for what happens to texts: all that a page says about a status."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from conversations.kaleyra import vocabulary
from conversations.models import Agent, Conversation, Message
from conversations.texting.opting import OPTED_IN, OPTED_OUT
from conversations.texting.status import Status
from conversations.words import N_


@dataclass(frozen=True)
class Mark:
    """A status in words, with the icon beside it and how much it should stand out."""

    words: str
    icon: str
    tone: str = "quiet"


MARKS = {
    Status.SCHEDULED: Mark(N_("Scheduled"), "clock"),
    Status.QUEUED: Mark(N_("Waiting to be sent"), "clock"),
    Status.SENDING: Mark(N_("Sending"), "arrow-up"),
    Status.ACCEPTED: Mark(N_("Accepted by Kaleyra"), "check"),
    Status.SENT: Mark(N_("Sent"), "check"),
    Status.DELIVERED: Mark(N_("Delivered"), "checks"),
    Status.UNDELIVERED: Mark(N_("Not delivered"), "alert", "bad"),
    Status.FAILED: Mark(N_("Failed"), "alert", "bad"),
    Status.UNCONFIRMED: Mark(N_("Not confirmed — may have arrived"), "help", "unsure"),
    Status.CANCELLED: Mark(N_("Cancelled"), "ban"),
    Status.RECEIVED: Mark(N_("Received"), "check"),
    Status.NOTED: Mark(N_("Only colleagues see this"), "lock"),
}

FAILED_ROW = Mark(N_("Last text failed"), "alert", "bad")
UNDELIVERED_ROW = Mark(N_("Last text not delivered"), "alert", "bad")
UNCONFIRMED_ROW = Mark(N_("Last text not confirmed"), "help", "unsure")
OPTED_OUT_ROW = Mark(N_("Opted out"), "ban")

ROW_MARKS = {
    Status.FAILED: FAILED_ROW,
    Status.UNDELIVERED: UNDELIVERED_ROW,
    Status.UNCONFIRMED: UNCONFIRMED_ROW,
}

MAY_DOUBLE = N_("It may have arrived: sending it again can text the customer twice.")
TRY_AGAIN, SEND_AGAIN = N_("Try again"), N_("Send again")

NO_REPORT = N_("{mark} — no report")
NEVER_SAID = N_(
    "Kaleyra was asked several times and never said whether it arrived. "
    "On some routes that is usual, and no failure."
)
PART_MISSING = N_("A part of this text is still missing.")
SAID_BY = N_("Marked as sent by {who}")

CONSENT = {
    (OPTED_OUT, True): N_("{who} opted out of texts from this line"),
    (OPTED_IN, True): N_("{who} opted in again"),
    (OPTED_OUT, False): N_("Kaleyra reported that {who} opted out of texts"),
    (OPTED_IN, False): N_("{who} is opted in again"),
}


def mark(message: Message) -> Mark:
    found = MARKS[Status(message.status)]
    if message.unreported:
        return replace(found, words=_(NO_REPORT).format(mark=_(found.words)))
    return found


def remark(message: Message) -> str | None:
    """What is worth knowing of a text besides its status."""
    if message.settled_by:
        return _(SAID_BY).format(who=message.settled_by)
    if message.incomplete:
        return PART_MISSING
    return NEVER_SAID if message.unreported else None


def row_marks(conversation: Conversation) -> list[Mark]:
    """What the inbox flags beside a conversation, besides unread texts."""
    status = Status(conversation.last_outbound_status or Status.SENT)
    marks = [ROW_MARKS[status]] if status in ROW_MARKS else []
    return [*marks, OPTED_OUT_ROW] if conversation.opted_out else marks


def speaker(conversation: Conversation, agent: Agent) -> str | None:
    """Who spoke last, to stand before the preview; nobody when the customer did."""
    if conversation.customer_spoke_last or not conversation.last_author:
        return None
    mine = conversation.last_author_id == agent.id
    return _("You") if mine else conversation.last_author.split()[0]


def consent_notice(message: Message, who: str) -> str | None:
    """The line that stands under a message which changed the customer's consent."""
    if not message.consent:
        return None
    return _(CONSENT[message.consent, message.inbound]).format(who=who)


def next_step(message: Message) -> str | None:
    """What can be done about a text that did not arrive, as far as we know why."""
    trace = vocabulary.trace_said(message.failure_text)
    return trace.next_step if trace else None


def retryable(message: Message) -> bool:
    """Whether a new attempt is worth offering: not where the same fails again."""
    trace = vocabulary.trace_said(message.failure_text)
    return message.retryable and not (trace and trace.permanent)


def retry_warning(message: Message) -> str | None:
    return MAY_DOUBLE if message.status == Status.UNCONFIRMED else None


def retry_words(message: Message) -> str:
    return SEND_AGAIN if message.status == Status.UNCONFIRMED else TRY_AGAIN
