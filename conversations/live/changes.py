"""Noting, inside the transaction that makes a change, what open browsers should fetch.

Only ids are noted, never text: the browser fetches what it may see. On SQLite the note
is a row that the hub reads after the commit; on PostgreSQL it is a NOTIFY, which the
server delivers at the commit and not at all if there is none.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import insert, text

from conversations import db as database
from conversations.db import db
from conversations.models import Change

CHANNEL = "parley"
PER_NOTICE = 200

# Stands where a conversation's id would, and is none.
LINES = 0
# Stands where a message's id would: somebody came, left, or began or ceased to type.
PRESENCE = -1

Pair = tuple[int, int | None]


def note(conversation_id: int, message_id: int | None = None) -> None:
    """A conversation changed; with `message_id`, that message of it did."""
    note_all([(conversation_id, message_id)])


def note_lines() -> None:
    """A line was closed or opened: banners about lines may be out of date."""
    note(LINES)


def note_presence(conversation_ids: Iterable[int]) -> None:
    """Who looks at these conversations, or types in them, changed."""
    note_all((conversation_id, PRESENCE) for conversation_id in conversation_ids)


def note_left(
    conversation_id: int, team_id: int | None, assignee_id: int | None
) -> None:
    """Note what `left` says."""
    note_all(left(conversation_id, team_id, assignee_id))


def left(
    conversation_id: int, team_id: int | None, assignee_id: int | None
) -> list[Pair]:
    """It goes from this team and owner: who saw it so far looks whether they still do.

    A minus before the id says so; the other number is the team, or the owner with a
    minus, or none when everybody saw it.
    """
    owner = [(-conversation_id, -assignee_id)] if team_id and assignee_id else []
    return [(-conversation_id, team_id), *owner]


def note_all(pairs: Iterable[Pair]) -> None:
    """Many changes at once, as (conversation id, message id or None)."""
    changed = list(dict.fromkeys(pairs))
    if not changed:
        return
    if database.on_sqlite():
        columns = ("conversation_id", "message_id")
        rows = [dict(zip(columns, pair, strict=True)) for pair in changed]
        db.session.connection().execute(INSERT, rows)
    else:
        for payload in payloads(changed):
            db.session.execute(NOTIFY, {"channel": CHANNEL, "payload": payload})


INSERT = insert(Change.__table__)  # type: ignore[arg-type]
NOTIFY = text("SELECT pg_notify(:channel, :payload)")


def payloads(pairs: list[Pair]) -> Iterator[str]:
    """NOTIFY carries at most 8,000 bytes: `7:123 7:124 8:`."""
    for start in range(0, len(pairs), PER_NOTICE):
        batch = pairs[start : start + PER_NOTICE]
        yield " ".join(
            f"{conversation}:{message or ''}" for conversation, message in batch
        )


def pairs_in(payload: str) -> list[Pair]:
    """What `payloads` wrote."""
    parts = (item.partition(":") for item in payload.split())
    return [
        (int(conversation), int(message) if message else None)
        for conversation, _, message in parts
    ]
