"""Who else is at a conversation, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from conversations.desk.presence import Around
from conversations.models import Agent

NOBODY = Around()


@dataclass(frozen=True)
class Mark:
    """`here` says that the server knows of the agent who reads this."""

    id: int
    words: str
    icon: str
    here: bool


def mark(conversation_id: int, around: Around, colleagues: Mapping[int, Agent]) -> Mark:
    typing = typists([colleagues[id].name for id in around.typing])
    looking = onlookers([colleagues[id].name for id in around.looking])
    words = " · ".join(each for each in (typing, looking) if each)
    return Mark(conversation_id, words, "pencil" if typing else "eye", around.here)


def typists(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return str(_("%(name)s is typing a reply", name=names[0]))
    several: str = ngettext(
        "%(num)d colleague is typing a reply",
        "%(num)d colleagues are typing replies",
        len(names),
    )
    return several


def onlookers(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return str(_("%(name)s is looking", name=names[0]))
    several: str = ngettext(
        "%(num)d colleague is looking", "%(num)d colleagues are looking", len(names)
    )
    return several
