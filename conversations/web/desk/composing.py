"""Putting the composer of a thread together: what was typed, and what stands around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from conversations.db import db, utcnow
from conversations.desk import noting, saved_replies, scheduling, undoing, unsent
from conversations.models import Conversation, Message, SavedReply
from conversations.texting import pricing, zones
from conversations.web.addresses import position
from conversations.web.desk import drafts, stretches
from conversations.web.entrance.access import agent
from conversations.web.forms import NoteForm, ReplyForm
from conversations.web.showing import composer as showing
from conversations.web.showing import counter, later
from conversations.web.showing.composer import Composer, Undo
from conversations.web.showing.later import Later, Zones
from conversations.web.showing.parts import Parts
from conversations.web.showing.stretches import Stretch


@dataclass(frozen=True)
class Attempt:
    """What came of pressing Send: the text as typed, and why it was not sent."""

    form: ReplyForm | None = None
    note: NoteForm | None = None
    problem: str = ""
    news: Sequence[Message] = ()
    parts: Parts | None = None


NONE = Attempt()


def composer(conversation: Conversation, attempt: Attempt = NONE) -> Composer:
    """The box with what was just typed in it, else with what was kept from before."""
    kept = unsent.kept(agent(), conversation)
    form = attempt.form or begun_reply(conversation, kept)
    price = pricing.of(conversation)
    newest = attempt.news[-1].id if attempt.news else conversation.last_message_id
    news = Stretch([(message, None) for message in attempt.news])
    return Composer(
        form=form,
        note=attempt.note or kept_note(kept),
        noting=bool(attempt.note) or asks_for_note(attempt),
        count=counter.line(form.body.data or "", price),
        price=counter.price_for_script(price),
        problem=attempt.problem,
        seen=newest or 0,
        news=stretches.shown(conversation, news) if attempt.news else (),
        parts=attempt.parts,
        agreed=drafts.agreed(),
        undoable=undoable(conversation),
        named=named(conversation),
        later=put_off(conversation),
        presets=later.offered(utcnow(), both(conversation)),
        zone=agent().time_zone,
        theirs=theirs(conversation),
    )


def begun_reply(conversation: Conversation, kept: Mapping[str, str]) -> ReplyForm:
    """What was kept, and after it the saved reply that the address names."""
    begun = [kept.get(unsent.REPLY, ""), chosen(conversation)]
    return ReplyForm(formdata=None, body="\n".join(filter(None, begun)))


def chosen(conversation: Conversation) -> str:
    saved = position("saved")
    reply = db.session.get(SavedReply, saved) if saved else None
    if reply is None or reply.archived_at:
        return ""
    return saved_replies.filled(reply.body, conversation, agent())


def kept_note(kept: Mapping[str, str]) -> NoteForm:
    return NoteForm(formdata=None, note=kept.get(unsent.NOTE, ""))


def asks_for_note(attempt: Attempt) -> bool:
    """Whether the address asks for the note, and no reply needs to be seen to."""
    return not attempt.problem and request.args.get("mode") == unsent.NOTE


def put_off(conversation: Conversation) -> Sequence[Later]:
    newest, there = conversation.last_inbound_id or 0, both(conversation)
    found = db.session.execute(scheduling.upcoming(agent(), conversation))
    return [later.later(text, author, there, newest) for text, author in found]


def both(conversation: Conversation) -> Zones:
    return Zones(agent().zone, zones.of(conversation.customer))


def theirs(conversation: Conversation) -> str:
    """The customer's zone, where it is another time than here."""
    return str(both(conversation).elsewhere(utcnow()) or "")


def named(conversation: Conversation) -> bool:
    here = Message.conversation_id == conversation.id
    unseen = noting.threads_naming(agent()).where(here).limit(1)
    return db.session.scalar(unseen) is not None


def undoable(conversation: Conversation) -> Sequence[Undo]:
    now = utcnow()
    texts = db.session.scalars(undoing.undoable(agent(), conversation, now))
    return [showing.undo(message, now) for message in texts]
