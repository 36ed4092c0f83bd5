"""What the customers of a file change: told before, and then done, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import Text, select, update

from conversations.db import Id, db, upsert, utcnow
from conversations.desk.imports.checking import Entry
from conversations.desk.imports.columns import Columns
from conversations.many import ForEach, among
from conversations.models import Conversation, ConversationTag, Customer
from conversations.texting import directory, phone

AT_ONCE = 1_000

Item = TypeVar("Item")
Known = Mapping[str, tuple[int, str | None]]
"""The ids and names of customers, by their numbers."""

NAMED = ForEach(
    lambda value: (
        update(Customer.__table__)  # type: ignore[arg-type]
        .where(Customer.__table__.c.id == value("at_id"))
        .values(name=value("called"), name_key=value("key"))
    ),
    {"at_id": Id, "called": Text(), "key": Text()},
)


@dataclass
class Difference:
    """What some entries would change: new ones, names, and how many change nothing."""

    added: list[Entry] = field(default_factory=list)
    changed: list[tuple[int, str]] = field(default_factory=list)
    unchanged: int = 0


def difference(entries: Sequence[Entry], columns: Columns) -> Difference:
    found, known = Difference(), customers(entries)
    for entry in entries:
        if entry.address not in known:
            found.added.append(entry)
            continue
        id, name = known[entry.address]
        wanted = bool(entry.name) and entry.name != name
        if wanted and (columns.overwrite or not name):
            found.changed.append((id, entry.name))
        else:
            found.unchanged += 1
    return found


def customers(entries: Iterable[Entry]) -> Known:
    addresses = [entry.address for entry in entries]
    query = select(Customer.address, Customer.id, Customer.name)
    rows = db.session.execute(query.where(among(Customer.address, addresses)))
    return {address: (id, name) for address, id, name in rows}


def store(entries: Sequence[Entry], columns: Columns) -> Difference:
    """Inside the caller's transaction."""
    found = difference(entries, columns)
    if found.added:
        rows = [row(entry) for entry in found.added]
        new = upsert(Customer).on_conflict_do_nothing()
        db.session.connection().execute(new, rows)
    NAMED.execute(
        [{"at_id": i, "called": n, "key": n.casefold()} for i, n in found.changed]
    )
    tag([entry for entry in entries if entry.tags], columns.line_id)
    return found


def row(entry: Entry) -> dict[str, object]:
    return {
        "address": entry.address,
        "digits": phone.digits(entry.address),
        "name": entry.name or None,
        "name_key": entry.name.casefold() or None,
        "created_at": utcnow(),
    }


def tag(entries: Sequence[Entry], line_id: int) -> None:
    """On all their conversations; who has none gets an empty one on this line."""
    if not entries:
        return
    known = customers(entries)
    theirs = conversations([id for id, _ in known.values()])
    lacking = [id for id, _ in known.values() if id not in theirs]
    made = directory.conversation_ids((line_id, id) for id in lacking)
    for (_, customer_id), id in made.items():
        if customer_id in lacking:
            theirs[customer_id] = [id]
    rows = [
        {"conversation_id": conversation, "tag_id": tag_id}
        for entry in entries
        for conversation in theirs[known[entry.address][0]]
        for tag_id in set(entry.tags)
    ]
    new = upsert(ConversationTag).on_conflict_do_nothing()
    db.session.connection().execute(new, rows)


def conversations(customer_ids: list[int]) -> dict[int, list[int]]:
    query = select(Conversation.customer_id, Conversation.id)
    theirs: dict[int, list[int]] = defaultdict(list)
    here = query.where(among(Conversation.customer_id, customer_ids))
    for customer_id, id in db.session.execute(here):
        theirs[customer_id].append(id)
    return theirs


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        yield some
