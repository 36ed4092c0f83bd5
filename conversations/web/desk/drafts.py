"""From a form to a draft that can be sent, in the name of the agent who wrote it."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from flask import request

from conversations.desk import answering, scheduling
from conversations.texting.consent import Refusal
from conversations.texting.sending import Draft
from conversations.web.addresses import as_id
from conversations.web.entrance.access import agent, config
from conversations.web.forms import ReplyForm


def draft(form: ReplyForm) -> Draft:
    body = form.body.data or ""
    me = agent()
    return Draft(
        body=body,
        author=me.name,
        author_id=me.id,
        key=key(form.key.data, body),
        valid_for=config().longest_wait,
        hold_back=timedelta(seconds=me.undo_seconds),
        most_parts=most_parts(),
    )


def most_parts() -> int:
    """How many the text may take: what the setting says, or its author just did."""
    usual = config().most_parts
    return max(usual, agreed()) if usual else 0


def agreed() -> int:
    """The parts to which they said yes, when they were asked; 0 if they were not."""
    return as_id(request.form.get("parts", "")) or 0


def renew(form: ReplyForm, refusal: Refusal) -> None:
    """The next press is another one, where the one before was taken back."""
    if refusal in (answering.UNDONE, scheduling.CALLED_OFF):
        form.key.data = token_urlsafe()


def key(given: str | None, body: str) -> str:
    """The same for the same text sent again from the same form, as by a double click.

    The text is part of it: whoever goes back and corrects it sends another message.
    """
    written = sha256(body.encode()).hexdigest()[:16]
    return f"{agent().id}:{given}:{written}"
