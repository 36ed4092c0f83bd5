"""What a person may say of a text that nobody could confirm: that it was sent.

Only an unconfirmed text is in doubt. Once a report, or somebody, has settled it, the
offer to send it again is gone, and whoever still takes it is told what happened.
"""

from sqlalchemy import select

from conversations import db as database
from conversations.db import db
from conversations.models import Message
from conversations.texting import settling, thread
from conversations.texting.consent import Refusal
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.words import N_, worded

NOT_RETRYABLE = Refusal(
    "not_retryable", N_("This text did not fail, so there is nothing to try again.")
)
NOT_IN_DOUBT = Refusal(
    "not_in_doubt", N_("Only a text that is not confirmed can be marked as sent.")
)
ALREADY_RETRIED = Refusal(
    "already_retried", N_("This text has already been tried again.")
)

HAPPENED = {
    Status.ACCEPTED: N_("Meanwhile Kaleyra said that it has this text."),
    Status.SENT: N_("Meanwhile Kaleyra reported this text as sent."),
    Status.DELIVERED: N_("Meanwhile a report came: this text was delivered."),
    Status.UNDELIVERED: N_("Meanwhile a report came: this text was not delivered."),
    Status.FAILED: N_("Meanwhile a report came: this text was never sent."),
}
SOMEBODY_SAID = N_("{who} has marked this text as sent.")


def mark_as_sent(message: Message, who: str) -> Refusal | None:
    """Take `who`'s word that an unconfirmed text was sent, or say why not.

    A later report still moves it on. Saying the same twice is saying it once.
    """
    look_closely(message)
    if message.settled_by == who and message.status == Status.SENT:
        return None
    if problem := objection(message):
        return problem
    now = database.clock()
    settling.apply([News(message_id=message.id, status=Status.SENT, at=now)])
    message.settled_by = who
    return None


def look_closely(message: Message) -> None:
    """See the message as it stands now, and let no news in until the commit."""
    thread.hold([message.conversation_id])
    db.session.refresh(message)


def objection(message: Message) -> Refusal | None:
    if message.status != Status.UNCONFIRMED:
        return happened(message) or NOT_IN_DOUBT
    return ALREADY_RETRIED if attempt_after(message) else None


def happened(message: Message) -> Refusal | None:
    """What has become of a text that was in doubt or had failed, if anything has."""
    if message.settled_by and message.status == Status.SENT:
        sentence: str = worded(SOMEBODY_SAID, who=message.settled_by)
    else:
        sentence = HAPPENED.get(Status(message.status), "")
    return Refusal("settled", sentence) if sentence else None


def attempt_after(message: Message) -> Message | None:
    """The attempt that tried this text again."""
    return db.session.scalar(select(Message).where(Message.retry_of_id == message.id))
