"""Answers given often: saved under a shortcut, filled in for whoever they go to."""

import re
from collections.abc import Sequence

from sqlalchemy import Select, select

from conversations.db import db, utcnow
from conversations.models import Agent, Conversation, SavedReply
from conversations.texting import phone, sending
from conversations.texting.clean import clean_text
from conversations.texting.consent import Refusal
from conversations.words import N_, worded

SHORTCUT = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
LONGEST_TITLE = 80

# What is in braces is filled in by us or by whoever writes: {name}, {amount}, {___}.
BLANK = re.compile(r"\{(_{2,40}|[^\W\d_][\w ]{0,39})\}")
TITLE_LENGTH = N_("Type a title of at most {most}.")
UNFILLED = N_("Fill in {blanks} before sending.")


class SavedReplyFault(ValueError):
    """What was to be saved will not do; the message says why, `field` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def everything() -> Select[SavedReply]:
    """All that can be used, by shortcut."""
    return (
        select(SavedReply)
        .where(SavedReply.archived_at.is_(None))
        .order_by(SavedReply.shortcut)
    )


def matching(replies: Sequence[SavedReply], words: str) -> list[SavedReply]:
    """Those that `words` finds: by shortcut first, then by title, then by text."""
    wanted = words.casefold()
    ranks = {reply.id: rank(reply, wanted) for reply in replies}
    found = [reply for reply in replies if ranks[reply.id] is not None]
    return sorted(found, key=lambda reply: ranks[reply.id] or 0)


def rank(reply: SavedReply, wanted: str) -> int | None:
    if reply.shortcut.startswith(wanted):
        return 0
    if wanted in reply.title.casefold():
        return 1
    return 2 if wanted in reply.body.casefold() else None


def filled(body: str, conversation: Conversation, agent: Agent) -> str:
    """`body` with what we know put in; what we do not know stays a blank to fill."""
    known = values(conversation, agent)
    return BLANK.sub(lambda blank: known.get(blank[1].lower()) or blank[0], body)


def values(conversation: Conversation, agent: Agent) -> dict[str, str]:
    name = conversation.customer.name or ""
    return {
        "name": name,
        "first_name": name.split()[0] if name.split() else "",
        "agent": agent.name,
        "line": phone.formatted(conversation.line.address),
    }


def unfilled(body: str) -> Refusal | None:
    """Why a text with blanks left in it may not be sent; None when there are none."""
    blanks = list(dict.fromkeys(found[0] for found in BLANK.finditer(body)))
    if not blanks:
        return None
    return Refusal("unfilled_blank", worded(UNFILLED, blanks=", ".join(blanks)))


def add(agent: Agent, shortcut: str, title: str, body: str) -> SavedReply:
    """A new saved reply, in the place of an archived one with the same shortcut.

    Raises `SavedReplyFault` with a sentence for whoever typed this.
    """
    check(shortcut, title, body)
    reply = with_shortcut(shortcut)
    if reply and not reply.archived_at:
        raise SavedReplyFault(
            "shortcut", N_("There is already a reply under this word.")
        )
    if reply is None:
        reply = SavedReply(shortcut=shortcut)
        db.session.add(reply)
    write(reply, title, body)
    reply.author_id, reply.archived_at = agent.id, None
    db.session.flush()
    return reply


def change(reply: SavedReply, shortcut: str, title: str, body: str) -> None:
    """Raises `SavedReplyFault` with a sentence for whoever typed this."""
    check(shortcut, title, body)
    other = with_shortcut(shortcut)
    if other and other.id != reply.id:
        raise SavedReplyFault(
            "shortcut", N_("There is already a reply under this word.")
        )
    reply.shortcut = shortcut
    write(reply, title, body)


def write(reply: SavedReply, title: str, body: str) -> None:
    reply.title, reply.body = title, clean_text(body)
    reply.updated_at = utcnow()


def may_change(agent: Agent, reply: SavedReply) -> bool:
    return agent.admin or reply.author_id == agent.id


def archive(reply: SavedReply) -> None:
    """Nobody is offered it any more."""
    reply.archived_at = reply.archived_at or utcnow()


def with_shortcut(shortcut: str) -> SavedReply | None:
    return db.session.scalar(select(SavedReply).where(SavedReply.shortcut == shortcut))


def check(shortcut: str, title: str, body: str) -> None:
    if not SHORTCUT.fullmatch(shortcut):
        raise SavedReplyFault(
            "shortcut",
            N_("Use a word of small letters, digits and hyphens, such as open."),
        )
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise SavedReplyFault("title", worded(TITLE_LENGTH, most=LONGEST_TITLE))
    if not body.strip():
        raise SavedReplyFault("body", N_("Write the reply."))
    if len(body) > sending.MAX_BODY_LENGTH:
        raise SavedReplyFault("body", sending.TOO_LONG.sentence)
