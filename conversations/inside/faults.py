"""An error as the log may show it: its kind and where it was, and none of its data.

What an error says may quote a text or a number: a PostgreSQL DETAIL holds a whole row.
So only kinds that speak of the code or of the machine get to say it.
"""

import sqlite3
import traceback
from collections.abc import Iterator

import psycopg
from jinja2 import UndefinedError
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

HARMLESS = (
    AttributeError,
    ImportError,
    NameError,
    TypeError,
    PoolTimeout,
    UndefinedError,
    psycopg.IntegrityError,
    psycopg.OperationalError,
    sqlite3.IntegrityError,
    sqlite3.OperationalError,
)
# SQLite's words for a statement it cannot make sense of quote from it.
QUOTING = "SQLITE_ERROR"

BETWEEN = "\nThat led to:\n\n"


def traced(error: BaseException) -> str:
    """The error and what led to it: every place in the code, and no values."""
    return BETWEEN.join(
        f"{''.join(traceback.format_tb(link.__traceback__))}{named(link)}"
        for link in reversed(list(chain(error)))
    )


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from, and so on."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        hidden = None if link.__suppress_context__ else link.__context__
        link = link.__cause__ or hidden


def named(error: BaseException) -> str:
    """The kind of an error, and its words as far as they are harmless."""
    kind = type(error)
    name = kind.__name__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    words = harmless_words(error)
    return f"{name}: {words}" if words else name


def harmless_words(error: BaseException) -> str:
    if isinstance(error, StatementError):
        return named(error.orig) if error.orig else ""
    if isinstance(error, HARMLESS):
        quotes = getattr(error, "sqlite_errorname", None) == QUOTING
        return "" if quotes else first_line(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    return ""


def first_line(error: BaseException) -> str:
    """PostgreSQL names the rule that was broken first, and the row after that."""
    return str(error).partition("\n")[0]
