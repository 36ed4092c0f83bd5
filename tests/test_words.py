"""Everything people read can be translated, and Italian is whole."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo

from conversations.config import LANGUAGES, ROOT
from scripts import words

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TRANSLATED = [language for language in LANGUAGES if language != "en"]

COMMENT = re.compile(r"\{#.*?#\}|\{% block main_class %\}[\w ]+", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
SPOKEN = re.compile(
    r"""\b(?:_|ngettext)\(\s*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:,\s*)?)+"""
)
LITERAL = re.compile(r""""[A-Z][a-z][^"]*"|'[A-Z][a-z][^']*'""")
SENTENCE_WITH_BLANKS = re.compile(r"%\(\w+\)[sd]|\{\w+(?::\w+)?\}|</?\w+")
WORD = re.compile(r"[A-Za-z]{2,}")
READ_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-words")
# The name of the thing, and a unit.
ALLOWED = {"Parley", "· Parley", "SMS"}


class Bare(HTMLParser):
    """Collects what people would read of a template without its Jinja."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in READ_ATTRIBUTES]


def untranslated(source: str) -> Iterator[str]:
    plain = COMMENT.sub("", source)
    reader = Bare()
    reader.feed(JINJA.sub("", plain))
    reader.close()
    yield from (
        each for each in reader.found if WORD.search(each) and each not in ALLOWED
    )
    for code in JINJA.findall(plain):
        yield from LITERAL.findall(SPOKEN.sub("", code))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    assert not list(untranslated(path.read_text(encoding="utf-8")))


def test_words_that_were_forgotten_are_found() -> None:
    assert list(untranslated('<p title="Look">{{ "Here" if x }} there</p>')) == [
        "Look",
        "there",
        '"Here"',
    ]
    assert not list(untranslated('<p>{{ _("Here %(n)s", n=1) }}{# No #}</p>'))


def test_no_template_translates_words_that_came_from_elsewhere() -> None:
    """Such would be taken for HTML of ours; the filter `spoken` is for them."""
    call = re.compile(r"(?<![\w.])_\(\s*(?![\"'\s])")

    assert not [
        path.name for path in TEMPLATES if call.search(path.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    return words.extracted()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_sentence(extracted: Catalog, language: str) -> None:
    known = words.catalogue(language)
    wanted = {message.id for message in extracted if message.id}
    there = {message.id for message in known if message.id}

    assert wanted - there == set(), "run `make words`, then translate"
    assert there - wanted == set(), "run `make words`"
    for message in known:
        said = message.string
        assert not message.fuzzy, message.id
        assert all(said if isinstance(said, tuple) else (said,)), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_blanks_and_tags(language: str) -> None:
    for message in filter(id_of, words.catalogue(language)):
        both = zip(parts(message.id), parts(message.string), strict=True)
        for english, said in both:
            assert blanks(english) == blanks(said), english
            assert '"' not in said or '"' in english, f"{said}: use “” or «»"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_translated_is_compiled(language: str) -> None:
    path = words.file_of(language)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    known = pairs(words.catalogue(language))
    assert pairs(compiled) == known, "run `make words`"


def pairs(catalogue: Catalog) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {(parts(each.id), parts(each.string)) for each in catalogue if each.id}


def id_of(message: Message) -> str | tuple[str, ...]:
    """Empty for the head of a catalogue."""
    return message.id


def parts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def blanks(text: str) -> list[str]:
    return sorted(SENTENCE_WITH_BLANKS.findall(text))
