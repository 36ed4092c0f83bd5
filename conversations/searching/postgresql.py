"""The index on PostgreSQL: a narrow table of vectors, found by GIN or walked by id."""

from collections.abc import Iterator, Sequence

from sqlalchemy import BigInteger, Select, cast, column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from conversations.db import db
from conversations.searching.question import Term

# GIN names all that match, in no order.
NEWEST_FIRST = False

MESSAGE_ID = column("message_id", BigInteger)
WORDS = column("words", TSVECTOR)
INDEX = table("search_words", MESSAGE_ID, WORDS)

INSERT = (
    "INSERT INTO search_words (message_id, words) "
    "VALUES (:id, CAST(:words AS tsvector)) ON CONFLICT (message_id) DO "
)
ADD = text(INSERT + "NOTHING")
PUT = text(INSERT + "UPDATE SET words = excluded.words")


def clear() -> None:
    db.session.execute(text("TRUNCATE search_words"))


def stored(words: Sequence[str], signs: Sequence[str]) -> str:
    """Words with their places; no word holds an apostrophe or a backslash."""
    return " ".join(vector([*words, *signs]))


def vector(words: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(words, start=1):
        yield f"'{word}':{place}"


def ids(
    terms: Sequence[Term], *, whole: bool = False, near: bool = False
) -> Select[int]:
    """The messages with all of these.

    With `whole`, GIN finds them all, which is right for rare ones. With `near`, the
    stretch of ids that is asked for is walked, which is right for a short one, however
    many texts hold the words. Otherwise PostgreSQL does either.
    """
    asked = cast(" & ".join(map(spelled, terms)), TSQUERY)
    holds = WORDS.op("@@", is_comparison=True)(asked)
    # GIN cannot answer whether it is true that it holds.
    found = select(MESSAGE_ID).where(holds.is_(True) if near else holds)
    if not whole:
        return found
    hits = found.cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
    return select(hits.c.message_id)


def spelled(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return "(" + " <-> ".join(words) + (":*)" if term.begun else ")")
