"""Reading a raw callback: whatever shape it came in, it becomes names and texts.

A callback profile may use any method, and its operator may have typed any content type
and template, so the shape is told by looking: JSON, JSON broken by an unescaped text,
or a form. The query fills in what the body leaves out. Nothing here raises.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, starmap
from typing import TypeAlias
from urllib.parse import parse_qsl

from conversations.kaleyra import mending, names
from conversations.texting.clean import clean_text

PLACEHOLDER = re.compile(r"<[\w.\[\] -]+>")
LONGEST_TEXT = 20_000
LONGEST_VALUE = 500
DEEPEST_WRAPPING = 3

Fields: TypeAlias = dict[str, str]
Pairs: TypeAlias = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class RawCallback:
    """A request from Kaleyra as it came; `query` is still percent-encoded."""

    method: str
    content_type: str
    query: str
    body: bytes


def fields(raw: RawCallback) -> Fields:
    """What a callback says, by lower-case name; names without a value are left out.

    The name of the text itself stays even then, with "": an empty text is a text.
    """
    found: Fields = {}
    pairs = chain(in_body(decoded(raw.body)), in_form(raw.query))
    for name, given in parts_numbered(pairs):
        value = meant(name, clean_text(given))
        if value or name in names.TEXT:
            found[name] = found.get(name) or value
    return found


def parts_numbered(pairs: Pairs) -> Pairs:
    """What is plainly called `parts` is the first; a number there only counts them."""
    for name, value in pairs:
        if name != names.PARTS:
            yield name, value
        elif not value.strip().isdecimal():
            yield names.part(0), value


def meant(name: str, value: str) -> str:
    """`value` unless it only looks like one, as a placeholder does that was not filled.

    Of a text only Kaleyra's own variables are taken for that: anybody may text "<3".
    """
    if names.is_text(name):
        return "" if value.lower() in names.VARIABLES else value[:LONGEST_TEXT]
    value = value.strip()
    unfilled = value.lower() == "null" or PLACEHOLDER.fullmatch(value)
    return "" if unfilled else value[:LONGEST_VALUE]


def decoded(body: bytes) -> str:
    """The body as text; bytes that are none in its encoding become U+FFFD."""
    return body.decode(json.detect_encoding(body), "replace")


def in_body(body: str) -> Pairs:
    if not body.lstrip().startswith(("{", "[")):
        return in_form(body)
    try:
        whole = proper_json(body)
    except (ValueError, RecursionError):
        return mending.members(body).items()
    return chain.from_iterable(starmap(as_pairs, unwrapped(whole).items()))


def in_form(form: str) -> Pairs:
    """What a form or a query says. A plus is a space there, so numbers may lose it."""
    pairs = parse_qsl(form, keep_blank_values=True, errors="replace")
    return [(name.strip().lower(), value) for name, value in pairs]


def proper_json(body: str) -> object:
    """The JSON in `body`, numbers as they are written, names in lower case.

    Raises `ValueError` where it is broken or repeats a name, which no template does but
    an unescaped text can; `RecursionError` where it is nested too deep to be honest.
    """
    whole: object = json.loads(
        body,
        object_pairs_hook=unrepeated,
        parse_int=str,
        parse_float=str,
        parse_constant=lambda _: None,
    )
    return whole


def unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = {name.strip().lower(): value for name, value in pairs}
    if len(members) < len(pairs):
        raise ValueError("a name comes twice")
    return members


def unwrapped(whole: object, depth: int = DEEPEST_WRAPPING) -> dict[str, object]:
    """The object itself, also from a list of one or from under "data"."""
    if isinstance(whole, list) and len(whole) == 1:
        whole = whole[0]
    if not depth or not isinstance(whole, dict):
        return {}
    return {**whole, **unwrapped(whole.get("data"), depth - 1)}


def as_pairs(name: str, value: object) -> Pairs:
    """A name and its text; a list of parts is as many of them."""
    if name == names.PARTS and isinstance(value, list):
        return [(names.part(at), as_text(each)) for at, each in enumerate(value)]
    return [(name, as_text(value))]


def as_text(value: object) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else ""
