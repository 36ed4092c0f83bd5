"""The composer as a page shows it: the box, and what there is to say around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from conversations.models import Message
from conversations.texting.plain import plain
from conversations.texting.thread import preview
from conversations.web.forms import NoteForm, ReplyForm
from conversations.web.showing.bubbles import Bubble
from conversations.web.showing.later import Later
from conversations.web.showing.parts import Parts

GLIMPSE = 40


@dataclass(frozen=True)
class Undo:
    """A text that waits for second thoughts, for `seconds` more."""

    id: int
    glimpse: str
    seconds: int


@dataclass(frozen=True)
class Composer:
    """Everything the template prints. `seen` is the newest message on the page.

    `noting` says that the note is before the reply. `theirs` is the
    customer's zone, where it differs. `news` came while the text was
    written, and kept it from being sent. Or it takes many `parts`, which is to be asked
    first; to `agreed` parts the author said yes. An unseen note `named` the agent.
    """

    form: ReplyForm
    note: NoteForm
    noting: bool
    count: str
    price: str
    problem: str
    seen: int
    news: Sequence[Bubble]
    parts: Parts | None
    agreed: int
    undoable: Sequence[Undo]
    named: bool
    later: Sequence[Later]
    presets: Mapping[str, str]
    zone: str
    theirs: str

    @property
    def simpler(self) -> bool:
        """Whether simple letters would say the same."""
        body = self.form.body.data or ""
        return plain(body) != body


def undo(message: Message, now: datetime) -> Undo:
    left = (message.due_at or now) - now
    glimpse = preview(message.body)
    shortened = glimpse if len(glimpse) <= GLIMPSE else f"{glimpse[: GLIMPSE - 1]}…"
    return Undo(message.id, shortened, max(ceil(left.total_seconds()), 1))
