"""Carrying rows from a SQLite file to PostgreSQL, and seeing that they arrived."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql
from sqlalchemy import Column, Connection, Select, Table, func, select, tuple_
from sqlalchemy import text as statement

AT_ONCE = 1_000
SAMPLE = 200


class Differs(Exception):
    """What arrived is not what was sent; the message says where."""


@dataclass(frozen=True)
class Carried:
    """A table that is over: its rows, and how many of them were compared."""

    table: str
    rows: int
    compared: int


def carry(table: Table, source: Connection, target: Connection) -> Carried:
    """Copy one table and compare; nothing is committed."""
    pour(table, source, target)
    continue_numbers(table, target)
    rows, arrived = (count(table, end) for end in (source, target))
    if rows != arrived:
        raise Differs(f"{table.name}: {rows} rows here, {arrived} there")
    return Carried(table.name, rows, compare_sample(table, source, target))


def pour(table: Table, source: Connection, target: Connection) -> None:
    columns = stored(table)
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
    )
    driver: Any = target.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(copy) as stream:
        rows = source.execute(select(*columns).order_by(*table.primary_key))
        for row in rows.yield_per(AT_ONCE):
            stream.write_row([storable(value) for value in row])


def stored(table: Table) -> list[Column[Any]]:
    """The columns that hold something themselves; the others PostgreSQL works out."""
    return [column for column in table.columns if column.computed is None]


def storable(value: Any) -> Any:
    """PostgreSQL takes no NUL in text, and SQLite does."""
    if isinstance(value, str) and "\x00" in value:
        return value.replace("\x00", "\ufffd")
    return value


def continue_numbers(table: Table, target: Connection) -> None:
    """New rows get ids after those that came along."""
    key = table.autoincrement_column
    if key is None:
        return
    sequence = statement("SELECT pg_get_serial_sequence(:table, :column)")
    named = {"table": f'"{table.name}"', "column": key.name}
    name = target.execute(sequence, named).scalar()
    newest = target.scalar(select(func.max(key)))
    if name and newest is not None:
        target.execute(select(func.setval(name, newest)))


def count(table: Table, end: Connection) -> int:
    return end.scalar(select(func.count()).select_from(table)) or 0


def compare_sample(table: Table, source: Connection, target: Connection) -> int:
    """Compare rows taken by chance, value by value; how many."""
    keys = list(table.primary_key)
    chosen = select(*keys).order_by(func.random()).limit(SAMPLE)
    taken = [tuple(key) for key in source.execute(chosen)]
    wanted = select(table).where(tuple_(*keys).in_(taken))
    here, there = (by_key(table, wanted, end) for end in (source, target))
    for key, row in here.items():
        if there.get(key) != row:
            raise Differs(f"{table.name} {key} is not the same there")
    return len(here)


def by_key(table: Table, wanted: Select[Any], end: Connection) -> dict[Any, Any]:
    names = [column.name for column in stored(table)]
    keys = [column.name for column in table.primary_key]
    return {
        tuple(row[key] for key in keys): {name: storable(row[name]) for name in names}
        for row in end.execute(wanted).mappings()
    }
