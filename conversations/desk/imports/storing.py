"""What the customers of a file change: told before, and then done, some at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import Text, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from conversations.db import Id, db, upsert, utcnow
from conversations.desk import details
from conversations.desk.imports.checking import Entry
from conversations.desk.imports.columns import Columns
from conversations.many import ForEach, among
from conversations.models import Conversation, ConversationTag, Customer, Line, Tag
from conversations.texting import directory, phone
from conversations.texting.letters import folded

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
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0


def difference(entries: Sequence[Entry], columns: Columns) -> Difference:
    found, known = Difference(), customers(entries)
    for entry in entries:
        if entry.address not in known:
            found.added.append(entry)
            continue
        _, name = known[entry.address]
        wanted = bool(entry.name) and entry.name != name
        if wanted and (columns.overwrite or not name):
            found.changed.append(entry)
        else:
            found.unchanged += 1
    return found


def customers(entries: Iterable[Entry]) -> Known:
    addresses = [entry.address for entry in entries]
    query = select(Customer.address, Customer.id, Customer.name)
    rows = db.session.execute(query.where(among(Customer.address, addresses)))
    return {address: (id, name) for address, id, name in rows}


def store(
    entries: Sequence[Entry], found: Difference, columns: Columns
) -> dict[str, int]:
    """Do what was `found`, as far as nobody did it since; how many of each it was.

    Inside the caller's transaction, in the order of the numbers, in which everybody
    goes who takes several customers.
    """
    wanted = sorted([*found.added, *found.changed], key=lambda each: each.address)
    added, changed = put(wanted, columns)
    skipped = tag([entry for entry in entries if entry.tags], columns.line_id)
    unchanged = len(entries) - added - changed
    return {
        "added": added, "changed": changed, "unchanged": unchanged, "skipped": skipped,
    }  # fmt: skip


def put(entries: Sequence[Entry], columns: Columns) -> tuple[int, int]:
    """How many were new, and how many were there and got their name by this."""
    if not entries:
        return 0, 0
    now = utcnow()
    rows = [row(entry) | {"created_at": now} for entry in entries]
    statement = add_or_name(upsert(Customer), overwrite=columns.overwrite)
    told = statement.returning(
        Customer.id, Customer.created_at, Customer.name, Customer.merged_into_id
    )
    done = db.session.connection().execute(told, rows).all()
    named = [each for each in done if each.created_at != now]
    spread({each.merged_into_id or each.id: each.name for each in named})
    return len(done) - len(named), len(named)


def add_or_name(
    new: sqlite.Insert | postgresql.Insert, *, overwrite: bool
) -> sqlite.Insert | postgresql.Insert:
    """A name that somebody gave meanwhile is kept, as it would have been before."""
    other = Customer.name.is_distinct_from(new.excluded.name)
    theirs = other if overwrite else Customer.name.is_(None)
    return new.on_conflict_do_update(
        index_elements=["address"],
        set_={"name": new.excluded.name, "name_key": new.excluded.name_key},
        where=and_(new.excluded.name.is_not(None), theirs),
    )


def spread(names: Mapping[int, str]) -> None:
    """A name is the whole person's, with all their numbers; who looks is told."""
    if not names:
        return
    person = or_(among(Customer.id, names), among(Customer.merged_into_id, names))
    theirs = select(Customer.id, Customer.merged_into_id).where(person)
    people = {
        row.id: row.merged_into_id or row.id for row in db.session.execute(theirs)
    }
    NAMED.execute(
        [
            {"at_id": id, "called": names[kept], "key": folded(names[kept])}
            for id, kept in sorted(people.items())
        ]
    )
    details.tell(list(people))


def row(entry: Entry) -> dict[str, object]:
    return {
        "address": entry.address,
        "digits": phone.digits(entry.address),
        "name": entry.name or None,
        "name_key": folded(entry.name) or None,
    }


def tag(entries: Sequence[Entry], line_id: int) -> int:
    """On all their conversations; who has none gets an empty one on this line.

    How many entries were not tagged as they say: the tag, or the line, is gone.
    """
    if not entries:
        return 0
    tags = {tag_id for entry in entries for tag_id in entry.tags}
    there = set(db.session.scalars(select(Tag.id).where(Tag.id.in_(tags))))
    theirs = with_lacking(customers(entries), line_id)
    rows = [
        {"conversation_id": conversation, "tag_id": tag_id}
        for entry in entries
        for conversation in theirs.get(entry.address, ())
        for tag_id in there.intersection(entry.tags)
    ]
    if rows:
        new = upsert(ConversationTag).on_conflict_do_nothing()
        db.session.connection().execute(new, rows)
    return sum(
        not (theirs.get(entry.address) and there.issuperset(entry.tags))
        for entry in entries
    )


def with_lacking(known: Known, line_id: int) -> dict[str, list[int]]:
    """The conversations of each number, made where there are none and may be."""
    theirs = conversations([id for id, _ in known.values()])
    lacking = [id for id, _ in known.values() if id not in theirs]
    line = db.session.scalar(select(Line.id).where(Line.id == line_id))
    if lacking and line:
        made = directory.conversation_ids((line_id, id) for id in lacking)
        for id in lacking:
            theirs[id] = [made[line_id, id]]
    return {address: theirs[id] for address, (id, _) in known.items() if id in theirs}


def conversations(customer_ids: list[int]) -> dict[int, list[int]]:
    query = select(Conversation.customer_id, Conversation.id)
    theirs: dict[int, list[int]] = defaultdict(list)
    here = query.where(among(Conversation.customer_id, customer_ids))
    for customer_id, id in db.session.execute(here):
        theirs[customer_id].append(id)
    return theirs


def batches(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
