"""Cleaning: what a database cannot hold is replaced, everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.texting.clean import clean_text

ANY_CHARACTER = st.characters(codec=None, exclude_categories=())


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("cut \ud83d", "cut \ufffd"),
        ("\ude00 cut", "\ufffd cut"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("\ud83da", "\ufffda"),
        ("\ufeffkept", "\ufeffkept"),
        ("", ""),
    ],
)
def test_only_what_cannot_be_stored_is_replaced(dirty, clean):
    assert clean_text(dirty) == clean


@given(st.text())
def test_ordinary_text_stays_as_it_is(text):
    assert clean_text(text.replace("\x00", "")) == text.replace("\x00", "")


@given(st.text(ANY_CHARACTER))
def test_clean_text_can_be_stored(text):
    clean = clean_text(text)

    assert "\x00" not in clean
    assert clean.encode().decode() == clean == clean_text(clean)
