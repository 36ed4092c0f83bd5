"""The words of a text, as both databases index them and every question asks for them.

Only this module knows what a word is: upper and lower case and accents are folded away,
scripts without spaces are cut into pairs of letters, an emoji is a word. So the
databases need no language of their own, and find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from conversations.texting import letters
from conversations.texting.letters import POINTS

# Whoever changes what comes out of here counts this up: the index is then made anew.
VERSION = 1

LONGEST_WORD = 60
# PostgreSQL knows no place after 16,383.
MOST_WORDS = 15_000
REMEMBERED = 8_192

# Thai, Lao, Burmese, Khmer, kana and Han, without their digits and punctuation.
DENSE = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
SIGNS = "\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001f3fa\U0001f400-\U0001faff"
MARKS = "".join(
    chr(code)
    for code in (*range(0x300, 0x1E00), *range(0x20D0, 0x20F1))
    if unicodedata.category(chr(code)).startswith("M")
)
PIECE = re.compile(
    rf"(?P<dense>[{DENSE}]+)|(?P<sign>[{SIGNS}])"
    rf"|(?P<word>[^\W_{DENSE}](?:[^\W_{DENSE}]|[{MARKS}{POINTS}])*)"
)
PLAIN = re.compile(r"[a-z0-9]+")
NO_LETTER = re.compile(rf"[^\w{MARKS}]|_")


class Word(NamedTuple):
    """A word, and where in the text it stands."""

    word: str
    start: int
    end: int
    dense: bool = False


def words(text: str) -> list[str]:
    """What the index keeps of a text, in its order."""
    if text.isascii():
        found = PLAIN.findall(text.lower())
        return [word[:LONGEST_WORD] for word in found[:MOST_WORDS]]
    return [each.word for each in placed(text)][:MOST_WORDS]


def placed(text: str) -> Iterator[Word]:
    """The same with their places, one for each letter of a script without spaces."""
    for piece in PIECE.finditer(text):
        if piece["dense"]:
            yield from pairs(piece[0], piece.start())
        elif piece["sign"]:
            yield Word(piece[0], *piece.span())
        elif word := folded(piece[0]):
            yield Word(word, *piece.span())


def pairs(run: str, start: int) -> Iterator[Word]:
    """Each letter with the one that follows; the last stands alone."""
    each = [folded(letter) or letter for letter in run]
    for place, letter in enumerate(each):
        following = each[place + 1] if place + 1 < len(each) else ""
        at = start + place
        yield Word(letter + following, at, at + 1, dense=True)


@lru_cache(REMEMBERED)
def folded(word: str) -> str:
    """A word without case and accents; digits of all scripts become ours."""
    whole = letters.folded(word)
    digits = "".join(str(unicodedata.decimal(each, each)) for each in whole)
    return NO_LETTER.sub("", digits)[:LONGEST_WORD]
