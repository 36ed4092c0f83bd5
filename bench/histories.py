"""Long histories: texts of many words, some common and most rare, as people write."""

from collections.abc import Iterator
from itertools import accumulate, islice
from random import Random

from sqlalchemy import Connection, insert

from bench import seeds
from conversations.models import Message

VOCABULARY = 30_000
WORDS_EACH = 12
MESSAGES_EACH = 20
AT_ONCE = 10_000
SPEECH = 1_000_000
LETTERS = "etaoinshrdlucmfwypvbgk"
# The most common words: "w0" stands in about half of all texts, "w100" in one of 90.
KNOWN = 200


def fill(connection: Connection, count: int) -> None:
    """So many texts, in conversations of twenty each, all of them talking at once."""
    chance = Random(11)
    ids = seeds.conversations(connection, max(count // MESSAGES_EACH, 1))
    spoken = sayings(chance)
    rows = (
        seeds.message_row(ids[place % len(ids)], place // len(ids), chance)
        | {"body": next(spoken)}
        for place in range(count)
    )
    while batch := list(islice(rows, AT_ONCE)):
        connection.execute(insert(Message), batch)
    seeds.show_latest(connection)


def sayings(chance: Random) -> Iterator[str]:
    """Texts without end; every word is half as common as the one of half its rank."""
    words = vocabulary(chance)
    shares = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    while True:
        said = chance.choices(words, cum_weights=shares, k=AT_ONCE)
        for start in range(0, AT_ONCE - WORDS_EACH, WORDS_EACH):
            number = chance.randrange(10**6, 10**7)
            more = f" Call 202{number}." if number % 20 == 0 else ""
            yield " ".join(said[start : start + WORDS_EACH]) + more


def babble(count: int) -> Iterator[str]:
    """So many texts like those of `sayings`, quickly: pieces of one long speech."""
    chance = Random(13)
    shares = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    size = min(count * WORDS_EACH, SPEECH)
    speech = chance.choices(vocabulary(Random(11)), cum_weights=shares, k=size)
    pick, places = chance.random, size - WORDS_EACH
    for turn in range(count):
        start = int(pick() * places)
        text = " ".join(speech[start : start + WORDS_EACH])
        yield text if turn % 20 else f"{text} Call 202{10**6 + start * 9}."


def vocabulary(chance: Random) -> list[str]:
    known = [f"w{rank}" for rank in range(KNOWN)]
    others = [
        "".join(chance.choices(LETTERS, k=chance.randint(3, 9)))
        for _ in range(VOCABULARY - KNOWN)
    ]
    return known + others
