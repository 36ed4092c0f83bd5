"""The index on SQLite: an FTS5 table, whose rowids are the ids of the messages.

The words come ready made, so its tokenizer has only to take them apart at the spaces.
Everything in it is in the order of ids: the newest come first at once.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, literal_column, select, table, text

from conversations.db import db
from conversations.searching.question import Term

# Its lists of messages are read from the newest on, and only as far as needed.
NEWEST_FIRST = True

INDEX = table("search_words")
MESSAGE_ID: ColumnElement[int] = literal_column("search_words.rowid")

ADD = text(
    "INSERT INTO search_words (rowid, words) SELECT :id, :words "
    "WHERE NOT EXISTS (SELECT 1 FROM search_words WHERE rowid = :id)"
)
PUT = text("INSERT OR REPLACE INTO search_words (rowid, words) VALUES (:id, :words)")
MADE = text("SELECT sql FROM sqlite_master WHERE name = 'search_words'")


def clear() -> None:
    """As it was made: to delete millions of rows would keep others waiting long."""
    connection = db.session.connection()
    made = connection.scalars(MADE).one()
    connection.exec_driver_sql("DROP TABLE search_words")
    connection.exec_driver_sql(made)


def stored(words: Sequence[str], signs: Sequence[str]) -> str:
    return " ".join([*words, *signs])


def ids(
    terms: Sequence[Term], *, whole: bool = False, near: bool = False
) -> Select[int]:
    """The messages with all of these; newest first costs the same as any other order.

    No word holds a quotation mark, so nothing that is typed is FTS5's own language.
    """
    asked = " AND ".join(map(spelled, terms))
    holds = literal_column("search_words").op("MATCH", is_comparison=True)(asked)
    return select(MESSAGE_ID).select_from(INDEX).where(holds)


def spelled(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.begun else "")
