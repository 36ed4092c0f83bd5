"""How many conversations wait to be read by an agent, wherever in the desk they are.

Open ones of theirs, or of nobody, with a text they have not read; and any with a note
that names them, which they have not seen.
"""

from sqlalchemy import ColumnElement, Select, func, select, union

from conversations.db import db
from conversations.desk import filters, noting, visibility
from conversations.desk.views import MINE, UNASSIGNED, View
from conversations.models import Agent, Conversation, ReadMark

MOST = filters.MOST_COUNTED


def count(agent: Agent) -> int:
    """Counted to one past the most."""
    named = Conversation.id.in_(noting.threads_naming(agent))
    parts = (
        some(agent, *filters.conditions(agent, View(box=MINE, unread=True))),
        some(agent, *filters.conditions(agent, View(box=UNASSIGNED, unread=True))),
        some(agent, named),
    )
    ids = [select(part.subquery().c.id) for part in parts]
    every = union(*ids).subquery()
    return db.session.scalar(select(func.count()).select_from(every)) or 0


def some(agent: Agent, *met: ColumnElement[bool]) -> Select[int]:
    mark = filters.marked_by(agent)
    found = select(Conversation.id).outerjoin(ReadMark, mark).where(*met)
    return visibility.visible_to(agent, found).limit(MOST + 1)
