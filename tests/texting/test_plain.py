"""Simple letters for typographic ones, held to the vectors."""

import json
from pathlib import Path

import pytest

from conversations.texting import segments
from conversations.texting.plain import PLAIN, plain

VECTORS = json.loads(Path(__file__).with_name("plain_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"][:20])
def test_the_vectors_hold(vector: dict[str, str]) -> None:
    assert plain(vector["text"]) == vector["plain"]


def test_only_what_makes_a_text_dear_is_replaced_and_by_what_does_not() -> None:
    for code, letters in PLAIN.items():
        assert chr(code) not in segments.GSM
        assert segments.GSM.issuperset(letters)


def test_replacing_twice_is_replacing_once() -> None:
    everything = "".join(map(chr, PLAIN))

    assert plain(plain(everything)) == plain(everything)
