"""Long texts that come a part at a time, each part in a callback of its own.

They belong together by Kaleyra's id (docs/kaleyra.md, `parts[n]`). The message is shown
from the first part on and grows into its place as the others come, in whatever order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select, update

from conversations.db import db
from conversations.live import changes
from conversations.many import among
from conversations.models import Conversation, Message, MessagePart
from conversations.models.message import INCOMPLETE
from conversations.searching import index
from conversations.texting import directory, segments, thread

LONGEST_TEXT = 20_000


class Part(NamedTuple):
    """A part that came for a message; the `position`s say their order."""

    message_id: int
    position: int
    body: str
    callback_id: int


def keep(parts: Sequence[Part], begun: Collection[int]) -> set[int]:
    """Keep these and let their messages grow; the callbacks that had a part in it.

    A message that once came whole is left alone; `begun` are those just made of a part.
    """
    if not parts:
        return set()
    message_ids = {part.message_id for part in parts}
    growing = {part.message_id for part in parts_of(message_ids)}.union(begun)
    rows = [part._asdict() for part in parts if part.message_id in growing]
    if rows:
        db.session.execute(directory.insert_new(MessagePart), rows)
    known = parts_of(message_ids)
    join(known)
    return {part.callback_id for part in known}


def parts_of(message_ids: Iterable[int]) -> list[Part]:
    columns = MessagePart.__table__.c
    query = (
        select(*(columns[name] for name in Part._fields))
        .where(among(columns.message_id, set(message_ids)))
        .order_by(columns.message_id, columns.position)
    )
    return [Part(*row) for row in db.session.execute(query)]


def join(parts: Iterable[Part]) -> None:
    """Give each message the text that its parts make, where that is news."""
    whole: dict[int, str] = {}
    places: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        whole[part.message_id] = whole.get(part.message_id, "") + part.body
        places[part.message_id].add(part.position)
    columns = (Message.id, Message.conversation_id, Message.body, Message.failure_code)
    found = select(*columns).where(Message.id.in_(whole))
    for id, conversation_id, shown, flaw in db.session.execute(found).all():
        body = whole[id][:LONGEST_TEXT]
        missing = INCOMPLETE if gaps(places[id]) else None
        if (body, missing) != (shown, flaw):
            rewrite(id, body, missing)
            changes.note(conversation_id, id)


def gaps(places: Collection[int]) -> bool:
    """Whether a part before the last that came is missing. How many there are in all
    nobody says, nor whether the first is 0 or 1."""
    return set(places) != set(range(min(*places, 1), max(places) + 1))


def rewrite(message_id: int, body: str, flaw: str | None) -> None:
    """Change the words of a message, also where the inbox shows their beginning."""
    measure = segments.measure(body)
    own = update(Message).where(Message.id == message_id)
    shown = update(Conversation).where(Conversation.last_message_id == message_id)
    statements = (
        own.values(
            body=body,
            segments=measure.segments,
            encoding=measure.encoding,
            failure_code=flaw,
        ),
        shown.values(preview=thread.preview(body)),
    )
    for statement in statements:
        db.session.execute(statement, execution_options={"synchronize_session": False})
    index.changed(message_id, body)
