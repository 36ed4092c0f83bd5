"""Reading JSON that is none: templates into which a text was put without escaping.

A callback is a template of the operator's with values put in its places. If quotes,
backslashes or line breaks in a customer's text are put in as they are, the result is no
JSON. The template's own names then tell where each value begins and ends, whatever
stands in between, and the values are taken as they were typed.
"""

import json
import re
from collections.abc import Iterable

from conversations.kaleyra import names

PART = r"parts\[\w*\]"
NAMES = "|".join([*map(re.escape, sorted(names.ALL)), PART])
# Before a name stands the end of a value and a comma, or an opening bracket.
MEMBER = re.compile(
    rf'(?:(?<=["\d\]}}el])\s*,|(?<=[{{\[]))\s*"({NAMES})"\s*:', re.IGNORECASE
)
CLOSING = "]}, \t\r\n"


def members(body: str) -> dict[str, str]:
    """The values in `body` by their names, lower case; it need not be JSON at all."""
    marks = true_marks(list(MEMBER.finditer(body)))
    ends = [mark.start() for mark in marks[1:]] + [len(body.rstrip(CLOSING))]
    spans = zip(marks, ends, strict=False)
    return {name(mark): value(body[mark.end() : end]) for mark, end in spans}


def true_marks(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those that belong to the template, not to a text that looks like a piece of it.

    Names before the text are true where they come first, because nothing a customer
    wrote comes earlier; names after it are true where they come last.
    """
    start = next((i for i, mark in enumerate(marks) if names.is_text(name(mark))), None)
    if start is None:
        return list(first_of_each(marks))
    head = list(first_of_each(marks[: start + 1]))
    taken = {name(mark) for mark in head}
    rest = [mark for mark in marks[start + 1 :] if "," in mark[0]]
    tail = first_of_each(mark for mark in reversed(rest) if name(mark) not in taken)
    return head + list(tail)[::-1]


def first_of_each(marks: Iterable[re.Match[str]]) -> Iterable[re.Match[str]]:
    firsts: dict[str, re.Match[str]] = {}
    for mark in marks:
        firsts.setdefault(name(mark), mark)
    return firsts.values()


def name(mark: re.Match[str]) -> str:
    return mark[1].lower()


def value(span: str) -> str:
    """What stands between two names, without its quotes."""
    span = span.strip()
    if not span.startswith('"'):
        return span
    return unescaped(span[1:].removesuffix('"'))


def unescaped(inside: str) -> str:
    """A value that was escaped after all, read as JSON; any other as it was typed."""
    try:
        return str(json.loads(f'"{inside}"'))
    except ValueError:
        return inside
