"""Finding words inside raw requests, whose bodies are bytes; only this knows how.

Letters from A to Z are found in either case. A word is also found as JSON or a form
spells it, and a number by its digits.
"""

import json
import re
from urllib.parse import quote, quote_plus

from sqlalchemy import ColumnElement, LargeBinary, String, cast, func, literal, or_

from conversations import db as database
from conversations.models import Callback
from conversations.texting import phone

NUMBER = re.compile(r"\+?[\d ().\-/]*\d[\d ().\-/]*")


def holds(words: str) -> ColumnElement[bool]:
    """Whether a callback's query or body has `words` in it."""
    places = [(in_body(each), in_query(each)) for each in sorted(spellings(words))]
    return or_(*[found for both in places for found in both])


def spellings(words: str) -> set[str]:
    found = {words, json.dumps(words)[1:-1], quote(words), quote_plus(words)}
    if NUMBER.fullmatch(words):
        found.add(phone.digits(words))
    return found


def in_body(words: str) -> ColumnElement[bool]:
    """PostgreSQL makes no text of bytes that are not UTF-8, so it compares escapes."""
    if database.on_sqlite():
        body = func.lower(cast(Callback.body, String))
        return func.instr(body, func.lower(words)) > 0
    needle = literal(words.encode(), LargeBinary)
    body, wanted = (func.encode(each, "escape") for each in (Callback.body, needle))
    return func.strpos(func.lower(body), func.lower(wanted)) > 0


def in_query(words: str) -> ColumnElement[bool]:
    place = func.instr if database.on_sqlite() else func.strpos
    return place(func.lower(Callback.query), func.lower(words)) > 0
