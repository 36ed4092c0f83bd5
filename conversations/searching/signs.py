"""What is found in a text besides its words: numbers in any format, and links.

They are kept in the index as words that nobody can type, after all the others.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LINK = "§link"
NUMBER = "§"

FEWEST_DIGITS = 4
MOST_DIGITS = 20
MOST_NUMBERS = 40

LINKED = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
SEPARATED = re.compile(r"\d(?:[ \u00a0().\-/]{0,3}\d){3,}")


class Digits(NamedTuple):
    """A number in a text: its digits, and where each of them stands."""

    digits: str
    places: list[int]


def signs(text: str) -> list[str]:
    """Every end of a number, so that any run of its digits begins one; and a link."""
    found = {
        NUMBER + number.digits[start : start + MOST_DIGITS]
        for number in numbers(text)
        for start in range(len(number.digits) - FEWEST_DIGITS + 1)
    }
    if LINKED.search(text):
        found.add(LINK)
    return sorted(found)


def numbers(text: str) -> Iterator[Digits]:
    """The first numbers of a text that are long enough, whatever stands in them."""
    for count, run in enumerate(SEPARATED.finditer(text)):
        if count == MOST_NUMBERS:
            return
        yield digits(run[0], run.start())


def digits(run: str, start: int = 0) -> Digits:
    places = [place for place, letter in enumerate(run) if letter.isdecimal()]
    plain = "".join(str(unicodedata.decimal(run[place])) for place in places)
    return Digits(plain[:200], [start + place for place in places][:200])
