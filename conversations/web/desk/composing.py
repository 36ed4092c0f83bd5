"""Putting the composer of a thread together: what was typed, and what stands around."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.db import db, utcnow
from conversations.desk import undoing, unsent
from conversations.models import Conversation, Message
from conversations.web.desk import stretches
from conversations.web.entrance.access import agent
from conversations.web.forms import ReplyForm
from conversations.web.showing import composer as showing
from conversations.web.showing import counter
from conversations.web.showing.composer import Composer, Undo
from conversations.web.showing.stretches import Stretch


@dataclass(frozen=True)
class Attempt:
    """What came of pressing Send: the text as typed, and why it was not sent."""

    form: ReplyForm | None = None
    problem: str = ""
    news: Sequence[Message] = ()


NONE = Attempt()


def composer(conversation: Conversation, attempt: Attempt = NONE) -> Composer:
    """The box with what was just typed in it, else with what was kept from before."""
    form = attempt.form or kept_form(conversation)
    newest = attempt.news[-1].id if attempt.news else conversation.last_message_id
    news = Stretch([(message, None) for message in attempt.news])
    return Composer(
        form=form,
        count=counter.line(form.body.data or ""),
        problem=attempt.problem,
        seen=newest or 0,
        news=stretches.shown(conversation, news) if attempt.news else (),
        undoable=undoable(conversation),
    )


def kept_form(conversation: Conversation) -> ReplyForm:
    kept = unsent.kept(agent(), conversation)
    return ReplyForm(formdata=None, body=kept.get(unsent.REPLY, ""))


def undoable(conversation: Conversation) -> Sequence[Undo]:
    now = utcnow()
    texts = db.session.scalars(undoing.undoable(agent(), conversation, now))
    return [showing.undo(message, now) for message in texts]
