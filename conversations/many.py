"""A statement for many rows, or about many, at once.

PostgreSQL takes all rows in one statement, as arrays: that costs it a third of taking
them one by one. SQLite is in the same process and takes them one by one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    Table,
    Update,
    any_,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from conversations import db as database
from conversations.db import db

PLACE = "place"

Values = Callable[[str], ColumnElement[Any]]
Types = Mapping[str, TypeEngine[Any]]


class ForEach:
    """An update that is done for each of many rows of values.

    `make` gets a way to name a value, and returns the update. No two rows may be about
    the same row of the table: which of them would count is not said.
    """

    def __init__(self, make: Callable[[Values], Update], types: Types) -> None:
        given = rows_of(types)
        self.names = list(types)
        self.one = make(lambda name: bindparam(name, type_=types[name]))
        self.all = make(lambda name: given.c[name])

    def execute(self, rows: Sequence[Mapping[str, object]]) -> None:
        if not rows:
            return
        connection = db.session.connection()
        if len(rows) == 1 or database.on_sqlite():
            connection.execute(self.one, [dict(row) for row in rows])
        else:
            connection.execute(self.all, arrays(self.names, rows))


class NewRows:
    """An insert of many rows, which get their ids in the order given.

    `names` are the columns that are given, `told` those to be told afterwards. A row
    whose `keys` are there already takes the place of the one that is there.
    """

    def __init__(
        self,
        table: Table,
        names: Sequence[str],
        told: Sequence[str] = (),
        keys: Sequence[str] = (),
    ) -> None:
        given = rows_of({name: table.c[name].type for name in names})
        ordered = select(*(given.c[name] for name in names)).order_by(given.c[PLACE])
        self.names, self.told = names, told
        self.one: Insert = insert_or_replace(sqlite.insert(table), names, keys)
        many = postgresql.insert(table).from_select(list(names), ordered)
        self.all: Insert = insert_or_replace(many, names, keys)
        if told:
            columns = [table.c[name] for name in told]
            self.one = self.one.returning(*columns)
            self.all = self.all.returning(*columns)

    def execute(self, rows: Sequence[Mapping[str, object]]) -> Sequence[Row[Any]]:
        """What was asked to be told of each row, in no order."""
        if not rows:
            return []
        connection = db.session.connection()
        if database.on_sqlite():
            result = connection.execute(self.one, [dict(row) for row in rows])
        else:
            result = connection.execute(self.all, arrays(self.names, rows))
        return result.all() if self.told else []


Upsert = TypeVar("Upsert", sqlite.Insert, postgresql.Insert)


def insert_or_replace(
    statement: Upsert, names: Sequence[str], keys: Sequence[str]
) -> Upsert:
    if not keys:
        return statement
    newer = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=newer)


def among(column: Any, values: Iterable[object]) -> ColumnElement[bool]:
    """Whether a column has one of these values, in a statement that stays the same.

    An IN is another statement for every number of values, which takes PostgreSQL's
    driver longer to write than the database to answer.
    """
    wanted = list(values)
    if database.on_sqlite():
        return cast("ColumnElement[bool]", column.in_(wanted))
    given = bindparam(None, wanted, type_=ARRAY(column.type))
    return cast("ColumnElement[bool]", column == any_(given))


def rows_of(types: Types) -> Any:
    """PostgreSQL's table of what `arrays` gives."""
    values = [bindparam(name, type_=ARRAY(each)) for name, each in types.items()]
    columns = [column(name, each) for name, each in types.items()]
    rows = func.unnest(*values).table_valued(*columns, with_ordinality=PLACE)
    return rows.render_derived()


def arrays(
    names: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in names}
