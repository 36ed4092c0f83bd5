"""Reading what somebody typed: words, phrases, numbers, and filters such as `from:me`.

Whatever is typed means something; what looks like a filter and is none is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from conversations.searching import question, signs
from conversations.searching.question import Term
from conversations.texting import phone

FROM, BY, LINE, STATUS, TAG = "from", "by", "line", "status", "tag"
DIRECTION, BEFORE, AFTER, HAS, IS = "direction", "before", "after", "has", "is"
NAMES = (FROM, BY, LINE, STATUS, TAG, DIRECTION, BEFORE, AFTER, HAS, IS)

LONGEST = 300
MOST_TERMS = 12
MOST_CHIPS = 12
# Shorter numbers, with spaces between them, are several numbers.
PHONE_DIGITS = 7

PART = re.compile(
    r"(?:(?P<name>[a-z]+):)?"
    r"(?:[\"“”„](?P<phrase>[^\"“”„]*)[\"“”„]?|(?P<word>[^\s\"“”„]+))",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![^\W_])\+?\(?\d(?:[ \u00a0().\-/]{0,3}\d)*(?![^\W_])")
ADDRESSES = ("http", "https")


class Chip(NamedTuple):
    """A filter as one types it, `name:value`."""

    name: str
    value: str

    def __str__(self) -> str:
        spaced = len(self.value.split()) > 1
        return f'{self.name}:"{self.value}"' if spaced else f"{self.name}:{self.value}"


@dataclass(frozen=True)
class Asked:
    """`words` is what was typed without the chips; `strange` looked like some."""

    words: str = ""
    terms: tuple[Term, ...] = ()
    chips: tuple[Chip, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not self.terms and not self.chips

    @property
    def plain(self) -> str:
        """The words as a name or a number would be typed."""
        return " ".join(re.sub('["“”„]', " ", self.words).split())


def asked_for(text: str) -> Asked:
    """What a line of text asks for."""
    rest: list[str] = []
    terms: list[Term] = []
    chips: list[Chip] = []
    strange: list[str] = []
    loose: list[str] = []
    open_end = False
    for part in PART.finditer(text[:LONGEST]):
        name = (part["name"] or "").lower()
        value = part["word"] or part["phrase"] or ""
        if name in NAMES:
            chips.append(Chip(name, value.strip()))
            continue
        if name and name not in ADDRESSES:
            strange.append(part[0])
        rest.append(part[0])
        open_end = part["phrase"] is None
        if open_end:
            loose.append(part[0])
        else:
            terms += question.terms(part["phrase"])
    terms += words_in(" ".join(loose), begun=open_end)
    return Asked(
        words=" ".join(rest),
        terms=tuple(dict.fromkeys(terms))[:MOST_TERMS],
        chips=tuple(dict.fromkeys(chips))[:MOST_CHIPS],
        strange=tuple(strange),
    )


def words_in(text: str, *, begun: bool) -> Iterator[Term]:
    """Every word for itself, numbers in any format; the last may be just begun."""
    others: list[str] = []
    end = 0
    for start, after, digits in numbers_in(text):
        others += text[end:start].split()
        end = after
        yield question.number(digits)
    tail = text[end:].split()
    for word in others:
        yield from question.terms(word)
    for place, word in enumerate(tail, start=1):
        yield from question.terms(word, begun=begun and place == len(tail))


def numbers_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The numbers long enough to be looked for by their digits, with their places.

    Of a phone number, what stands in every spelling: a text may have another one.
    """
    for run in NUMBER.finditer(text):
        digits, bare = phone.digits(run[0]), phone.bare(run[0])
        if len(digits) >= PHONE_DIGITS:
            yield run.start(), run.end(), bare if len(bare) >= PHONE_DIGITS else digits
            continue
        for part in re.finditer(r"\S+", run[0]):
            digits = phone.digits(part[0])
            if len(digits) >= signs.FEWEST_DIGITS:
                yield run.start() + part.start(), run.start() + part.end(), digits
