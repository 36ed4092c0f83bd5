"""Segments: what a text takes, held to the vectors and to another's code."""

import json
from pathlib import Path

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from conversations.texting import segments
from conversations.texting.segments import Encoding, Measure, measure, split

VECTORS = json.loads(
    Path(__file__).with_name("segment_vectors.json").read_text("utf-8")
)

SHORT = st.text(st.sampled_from(sorted(segments.GSM)), max_size=80)
LONG = st.text(st.sampled_from("aa{€^é"), min_size=120, max_size=700)
FOREIGN = st.text(st.sampled_from("aж😀€"), min_size=50, max_size=300)


def spelt_out(runs):
    return "".join(letters * times for letters, times in runs)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_text_takes_what_the_vectors_say(vector):
    expected = Measure(
        encoding=Encoding(vector["encoding"]),
        segments=vector["segments"],
        units=vector["units"],
        room=vector["room"],
        unicode_because=tuple(vector["because"]),
    )

    assert measure(spelt_out(vector["runs"])) == expected


def test_the_basic_alphabet_has_127_characters():
    assert (len(segments.BASIC), len(segments.EXTENSION)) == (127, 10)
    assert not segments.BASIC & segments.EXTENSION


@given(st.text(min_size=1) | SHORT | LONG | FOREIGN)
def test_another_implementation_counts_the_same(text):
    # smsutil differs twice, so both are left out: it calls the empty text UCS-2, and it
    # takes the escape, U+001B, for a character of the GSM alphabet.
    text = text.replace("\x1b", "") or "a"
    theirs = smsutil.split(text)

    assert split(text) == [part.content for part in theirs.parts]
    assert measure(text).encoding == {"gsm0338": "gsm7"}.get(theirs.encoding, "ucs2")
    per_unit = 1 if measure(text).encoding is Encoding.GSM7 else 2
    assert measure(text).units * per_unit == theirs.total_bytes


@given(st.text() | LONG | FOREIGN)
def test_the_segments_are_the_text(text):
    assert "".join(split(text)) == text
    assert len(split(text)) == measure(text).segments


@given(LONG | FOREIGN)
def test_the_room_is_what_still_fits(text):
    before = measure(text)

    after = measure(text + "a" * before.room)

    assert (after.segments, after.room) == (before.segments, 0)
    assert measure(text + "a" * (before.room + 1)).segments > before.segments
