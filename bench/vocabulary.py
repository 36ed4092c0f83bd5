"""The texts of a history and the words in them: made up, or taken from a folder.

`BENCH_TEXTS` names a folder of .txt files with a text on each line. A history needs
many more than anybody has: each is the beginning of one and the end of another.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from bench import histories

MIDDLING = 100
# Shorter ones are no question.
WORD = re.compile(r"[a-z]{3,}")
PAIR = re.compile(r"(?=\b([a-z]{3,} [a-z]{3,})\b)")


@dataclass(frozen=True)
class Vocabulary:
    """Words from the most common to the rarest, and pairs that follow each other."""

    ranked: Sequence[str]
    pairs: Sequence[str]

    def common(self, n: int) -> str:
        return self.ranked[n]

    def middling(self, n: int) -> str:
        return self.ranked[MIDDLING + n]

    def rare(self, n: int) -> str:
        return self.ranked[-1 - n]

    def pair(self, n: int) -> str:
        return self.pairs[n]


def texts(count: int) -> Iterator[str]:
    """So many texts."""
    if not given():
        yield from histories.babble(count)
        return
    heads, tails = zip(*map(halves, given()), strict=True)
    pick, many = Random(3).random, len(heads)
    for _ in range(count):
        yield f"{heads[int(pick() * many)]} {tails[int(pick() * many)]}"


@cache
def vocabulary() -> Vocabulary:
    """The words of these texts."""
    if not given():
        known = histories.vocabulary(Random(11))
        return Vocabulary(known, [" ".join(pair) for pair in pairwise(known)])
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in given():
        said = line.lower()
        words.update(set(WORD.findall(said)))
        pairs.update(set(PAIR.findall(said)))
    return Vocabulary(by_rank(words), by_rank(pairs))


def by_rank(counted: Counter[str]) -> list[str]:
    return [one for one, _ in counted.most_common()]


@cache
def given() -> tuple[str, ...]:
    """The lines of the folder, if one is named."""
    folder = os.environ.get("BENCH_TEXTS")
    if not folder:
        return ()
    files = sorted(path for path in Path(folder).rglob("*.txt") if path.is_file())
    found = [line for path in files for line in path.read_text("utf-8").splitlines()]
    kept = tuple(line.strip() for line in found if line.strip())
    if not kept:
        raise SystemExit(f"BENCH_TEXTS: no lines in any .txt file of {folder}")
    return kept


def halves(line: str) -> tuple[str, str]:
    words = line.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])
