"""Texts as they are printed: nothing in them is markup, nothing deceives."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from conversations.web.showing import text

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "https://a.example/\"onmouseover='alert(1)",
    "https://a.example/<b>",
    "{{ 7 * 7 }} {% raw %}",
    "<a href=https://a.example>x</a>",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(attack: str) -> None:
    shown = BeautifulSoup(str(text.body(attack)), "html5lib").body

    assert shown.get_text() == attack
    assert {tag.name for tag in shown.find_all(True)} <= {"a"}
    for link in shown.select("a"):
        assert set(link.attrs) == {"href", "target", "rel"}
        assert link["href"].startswith("https://")


@given(st.text())
def test_whatever_is_written_only_our_own_markup_is_printed(written: str) -> None:
    shown = BeautifulSoup(str(text.body(written)), "html5lib").body

    assert {tag.name for tag in shown.find_all(True)} <= {"a", "span"}


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("see https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("HTTP://A.example?q=1&b=2!", "HTTP://A.example?q=1&b=2"),
        ("“https://a.example”", "https://a.example"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(written: str, link: str) -> None:
    (found,) = BeautifulSoup(str(text.body(written)), "html5lib").select("a")

    assert found["href"] == found.get_text() == link


def test_a_link_tells_the_other_side_nothing() -> None:
    shown = text.body("https://a.example")

    assert 'rel="noopener noreferrer nofollow"' in shown


@pytest.mark.parametrize(
    ("letter", "code", "name"),
    [
        ("\u202e", "U+202E", "right-to-left override"),
        ("\u200b", "U+200B", "zero width space"),
        ("\x07", "U+0007", "control character"),
        ("\ufeff", "U+FEFF", "byte order mark"),
    ],
)
def test_what_could_deceive_is_made_visible(letter: str, code: str, name: str) -> None:
    shown = BeautifulSoup(str(text.body(f"a{letter}b")), "html5lib").select_one("span")

    assert (shown.get_text(), shown["title"]) == (code, name)


def test_joined_emoji_and_line_breaks_are_left_alone() -> None:
    assert text.body("👩\u200d🚀\nok\tfine") == "👩\u200d🚀\nok\tfine"
