"""The index of names and numbers: which customers may have these letters in them.

The database keeps it by itself, as it keeps any index: PostgreSQL by GIN over every two
and three letters side by side, SQLite by FTS5's trigrams.
"""

from sqlalchemy import (
    ColumnElement,
    Text,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute

from conversations import db as database
from conversations.models import Customer

NAMES, NUMBERS = Customer.name_key, Customer.digits

INDEX = table("search_people", column("rowid"))
# The fewest letters that each index knows, and the most of PostgreSQL's pieces.
FEWEST_ON_SQLITE, FEWEST, MOST = 3, 2, 3

Kept = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def may_hold(kept: Kept, letters: str) -> ColumnElement[bool]:
    """Whether these letters may stand in `NAMES` or `NUMBERS`, side by side.

    Whoever asks compares again; too few letters may be in all of them.
    """
    on_sqlite = database.on_sqlite()
    if len(letters) < (FEWEST_ON_SQLITE if on_sqlite else FEWEST):
        return true()
    return in_trigrams(kept, letters) if on_sqlite else in_pieces(kept, letters)


def in_trigrams(kept: Kept, letters: str) -> ColumnElement[bool]:
    """Between quotation marks, doubled within, nothing is FTS5's own language."""
    asked = '{} : "{}"'.format(kept.key, letters.replace('"', '""'))
    matches = literal_column("search_people").op("MATCH", is_comparison=True)(asked)
    return Customer.id.in_(select(INDEX.c.rowid).where(matches))


def in_pieces(kept: Kept, letters: str) -> ColumnElement[bool]:
    size = min(len(letters), MOST)
    asked = {letters[at : at + size] for at in range(len(letters) - size + 1)}
    known = func.search_pieces(kept, type_=ARRAY(Text))
    return known.op("@>", is_comparison=True)(cast(sorted(asked), ARRAY(Text)))
