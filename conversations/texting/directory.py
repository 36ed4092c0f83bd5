"""Finding the line, customer and conversation a text belongs to, making what is new."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Insert, Select, select

from conversations.db import Base, db, upsert, utcnow
from conversations.many import among
from conversations.models import Conversation, Customer, Line
from conversations.texting import erased, phone

Side = tuple[int, int]


def own_numbers() -> list[str]:
    """The numbers that are ours, retired ones too, but none nobody ever configured."""
    return list(db.session.scalars(select(Line.address).where(Line.sender != "")))


def only_line() -> str | None:
    """The number of our line, if we have just one open."""
    query = select(Line.address).where(Line.retired_at.is_(None)).limit(2)
    found = db.session.scalars(query).all()
    return found[0] if len(found) == 1 else None


def line_ids(addresses: Iterable[str]) -> Mapping[str, int]:
    """The ids of the lines with these numbers.

    A number that nobody configured becomes a retired line: its texts are seen, and
    nothing can be sent from it until it is added to KALEYRA_NUMBERS.
    """
    wanted = sorted(set(addresses))
    found = known_lines(wanted)
    unknown = [address for address in wanted if address not in found]
    if unknown:
        db.session.execute(insert_new(Line), [unknown_line_row(a) for a in unknown])
        found |= known_lines(unknown)
    return found


def customer_ids(addresses: Iterable[str]) -> Mapping[str, int]:
    """The ids of the customers at these addresses, unknown ones made on the way."""
    wanted = sorted(set(addresses))
    found = known_customers(wanted)
    unknown = [address for address in wanted if address not in found]
    if unknown:
        db.session.execute(insert_new(Customer), [customer_row(a) for a in unknown])
        found |= known_customers(unknown)
    return found


def conversation_ids(sides: Iterable[Side]) -> Mapping[Side, int]:
    """The ids of the conversations between (line id, customer id), made where new."""
    wanted = sorted(set(sides))
    found = known_conversations(wanted)
    unknown = [side for side in wanted if side not in found]
    if unknown:
        teams = teams_of_lines({line for line, _ in unknown})
        stopped = erased.stopped(unknown)
        rows = [
            conversation_row(side, teams[side[0]]) | {"opted_out_at": stopped.get(side)}
            for side in unknown
        ]
        db.session.execute(insert_new(Conversation), rows)
        found |= known_conversations(unknown)
    return found


def known_lines(addresses: list[str]) -> dict[str, int]:
    query = select(Line.address, Line.id).where(among(Line.address, addresses))
    return dict(pairs(query))


def known_customers(addresses: list[str]) -> dict[str, int]:
    query = select(Customer.address, Customer.id).where(
        among(Customer.address, addresses)
    )
    return dict(pairs(query))


def known_conversations(sides: list[Side]) -> dict[Side, int]:
    lines, customers = zip(*sides, strict=True) if sides else ((), ())
    query = select(
        Conversation.line_id, Conversation.customer_id, Conversation.id
    ).where(
        among(Conversation.line_id, set(lines)),
        among(Conversation.customer_id, set(customers)),
    )
    return {(line, customer): id for line, customer, id in db.session.execute(query)}


def teams_of_lines(line_ids: Iterable[int]) -> dict[int, int | None]:
    """The teams that new conversations on these lines belong to."""
    query = select(Line.id, Line.team_id).where(Line.id.in_(line_ids))
    return {row.id: row.team_id for row in db.session.execute(query)}


def pairs(query: Select[str, int]) -> list[tuple[str, int]]:
    return [(name, id) for name, id in db.session.execute(query)]


def unknown_line_row(address: str) -> dict[str, object]:
    now = utcnow()
    return {
        "address": address,
        "sender": "",
        "retired_at": now,
        "created_at": now,
    }


def customer_row(address: str) -> dict[str, object]:
    return {
        "address": address,
        "digits": phone.digits(address),
        "created_at": utcnow(),
    }


def conversation_row(side: Side, team_id: int | None) -> dict[str, object]:
    line, customer = side
    return {
        "line_id": line,
        "customer_id": customer,
        "team_id": team_id,
        "preview": "",
        "created_at": utcnow(),
    }


def insert_new(noun: type[Base]) -> Insert:
    """An insert that lets the row of whoever was quicker stand."""
    return upsert(noun).on_conflict_do_nothing()
