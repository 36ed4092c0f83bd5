"""Customers opting out and in again: by a word they text, or by what a report says."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from conversations.db import db, utcnow
from conversations.many import among
from conversations.models import Conversation, Message, ScheduledText, writing
from conversations.texting import keywords
from conversations.texting.keywords import Keyword

OPTED_OUT = "opted_out"
OPTED_IN = "opted_in"

EFFECTS: Mapping[Keyword | None, str] = {
    Keyword.OPT_OUT: OPTED_OUT,
    Keyword.OPT_IN: OPTED_IN,
}


def effects(texts: Sequence[tuple[int, str]]) -> list[str | None]:
    """What each (conversation id, body) does to its customer's consent, in this order.

    START from somebody who never stopped is an ordinary text, and so is a second STOP.
    """
    meanings = [(id, EFFECTS.get(keywords.meaning(body))) for id, body in texts]
    before = opted_out(id for id, effect in meanings if effect)
    now = dict(before)
    found = [turn(now, id, effect) for id, effect in meanings]
    set_consent({id: out for id, out in now.items() if out != before[id]})
    stopped = zip(texts, found, strict=True)
    cancel_scheduled([id for (id, _), effect in stopped if effect == OPTED_OUT])
    return found


def turn(now: dict[int, bool], conversation_id: int, effect: str | None) -> str | None:
    """Apply one effect to the state so far; None when it changes nothing."""
    if effect is None or now[conversation_id] is (effect == OPTED_OUT):
        return None
    now[conversation_id] = effect == OPTED_OUT
    return effect


def opt_out_all(conversation_ids: Iterable[int]) -> None:
    """Reports said that these customers opted out with Kaleyra or the carrier."""
    ids = list(conversation_ids)
    set_consent(dict.fromkeys(ids, True))
    cancel_scheduled(ids)


def old_news(message_ids: Iterable[int]) -> set[int]:
    """Those of our texts whose report of an opt-out says nothing that still counts.

    It was heard before, or the customer opted in after the text was written: reports
    come late and twice, and must not undo what the customer said since.
    """
    text, later = aliased(Message), aliased(Message)
    opted_in_since = exists(
        select(later.id).where(
            later.conversation_id == text.conversation_id,
            later.id > text.id,
            later.created_at >= text.created_at,
            later.consent == OPTED_IN,
        )
    )
    query = select(text.id).where(
        among(text.id, sorted(message_ids)),
        or_(text.consent == OPTED_OUT, opted_in_since),
    )
    return set(db.session.scalars(query))


def opted_out(conversation_ids: Iterable[int]) -> dict[int, bool]:
    wanted = sorted(set(conversation_ids))
    if not wanted:
        return {}
    query = select(Conversation.id, Conversation.opted_out_at).where(
        among(Conversation.id, wanted)
    )
    return {id: at is not None for id, at in db.session.execute(query)}


def set_consent(out: dict[int, bool]) -> None:
    """Write down who is out (True) and who is in again (False)."""
    for value in (True, False):
        ids = [id for id, is_out in out.items() if is_out is value]
        if ids:
            statement = update(Conversation).where(Conversation.id.in_(ids))
            at = utcnow() if value else None
            db.session.execute(
                statement.values(opted_out_at=at),
                execution_options={"synchronize_session": False},
            )


def cancel_scheduled(conversation_ids: Sequence[int]) -> None:
    """What was to go out later to customers who opted out never does."""
    if conversation_ids:
        db.session.execute(
            update(ScheduledText)
            .where(
                ScheduledText.conversation_id.in_(conversation_ids),
                writing.put_off(),
            )
            .values(fate="cancelled"),
            execution_options={"synchronize_session": False},
        )
