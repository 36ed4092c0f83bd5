"""Tags: words that conversations are sorted by. Admins make them, agents use them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Select, delete, func, select

from conversations.db import db, utcnow
from conversations.live import changes
from conversations.models import Conversation, ConversationTag, Tag
from conversations.texting.consent import Refusal
from conversations.words import N_

LONGEST_NAME = 40
UNKNOWN = Refusal("unknown_tag", N_("There is no such tag. An admin can make one."))
TAKEN = Refusal("tag_taken", N_("There is a tag of this name already."))
NO_NAME = Refusal("no_name", N_("Type a name, without a comma."))


def in_use() -> Select[Tag]:
    return every().where(Tag.archived_at.is_(None))


def every() -> Select[Tag]:
    return select(Tag).order_by(func.lower(Tag.name), Tag.id)


def on(conversation_ids: Collection[int]) -> Mapping[int, list[Tag]]:
    """The tags of each of these conversations, by name."""
    query = (
        select(ConversationTag.conversation_id, Tag)
        .join(Tag, Tag.id == ConversationTag.tag_id)
        .where(ConversationTag.conversation_id.in_(conversation_ids))
        .order_by(func.lower(Tag.name))
    )
    found: dict[int, list[Tag]] = defaultdict(list)
    for conversation_id, tag in db.session.execute(query):
        found[conversation_id].append(tag)
    return found


def named(name: str) -> Tag | None:
    """However its letters are cased."""
    wanted = name.strip().lower()
    return next((tag for tag in db.session.scalars(every()) if same(tag, wanted)), None)


def same(tag: Tag, wanted: str) -> bool:
    return tag.name.lower() == wanted


def add(conversation: Conversation, name: str) -> Refusal | None:
    tag = named(name)
    if tag is None or tag.archived_at:
        return UNKNOWN
    there = {"conversation_id": conversation.id, "tag_id": tag.id}
    db.session.merge(ConversationTag(**there))
    changes.note(conversation.id)
    return None


def remove(conversation: Conversation, tag_id: int) -> None:
    here = ConversationTag.conversation_id == conversation.id
    this = ConversationTag.tag_id == tag_id
    db.session.execute(delete(ConversationTag).where(here, this))
    changes.note(conversation.id)


def make(name: str) -> Refusal | None:
    if problem := fault_in(name, None):
        return problem
    db.session.add(Tag(name=name.strip()))
    return None


def rename(tag: Tag, name: str) -> Refusal | None:
    """It is called so wherever it is; only past episodes keep the old name."""
    if problem := fault_in(name, tag):
        return problem
    tag.name = name.strip()
    return None


def archive(tag: Tag) -> None:
    """Nobody can put it on any more; it stays where it is."""
    tag.archived_at = tag.archived_at or utcnow()


def bring_back(tag: Tag) -> None:
    tag.archived_at = None


def fault_in(name: str, tag: Tag | None) -> Refusal | None:
    if not name.strip() or "," in name or len(name.strip()) > LONGEST_NAME:
        return NO_NAME
    other = named(name)
    return TAKEN if other and other is not tag else None
