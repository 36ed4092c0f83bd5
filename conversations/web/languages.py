"""In which language the pages speak: that of the agent, else that of the browser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, gettext, refresh

from conversations.config import LANGUAGES, ROOT, Config
from conversations.words import Filled

ENGLISH = "en"
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=\S)")
# Each in its own words, so that whoever needs it can read it.
NAMES = {"en": "English", "it": "Italiano"}


@dataclass(frozen=True)
class Tongue:
    """A language as the page names it: `it`, and `ltr` or `rtl`."""

    code: str
    direction: str


class Remembered(Domain):
    """Finds a catalogue by its language: comparing locales costs more than a word."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Any] = {}

    def get_translations(self) -> Any:
        language = spoken_language()
        if language not in self.known:
            self.known[language] = super().get_translations()
        return self.known[language]


def init_app(app: Flask, config: Config) -> None:
    """Give templates `_()`, and Python `flask_babel.gettext`."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = config.default_language
    Babel(app, locale_selector=language).domain_instance = Remembered()
    app.jinja_env.filters["spoken"] = spoken
    app.context_processor(lambda: {"tongue": tongue()})


def language() -> str:
    """The language of who asks, as `en` or `it`; reads nothing from the database."""
    chosen: str = g.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    asked = request.accept_languages if has_request_context() else None
    found = asked.best_match(LANGUAGES) if asked else None
    return found or str(current_app.config["BABEL_DEFAULT_LOCALE"])


def spoken_language() -> str:
    """What is spoken now, even if a program chose it; one of `LANGUAGES`."""
    locale = get_locale()
    return str(locale.language) if locale else ENGLISH


def speak(chosen: str) -> None:
    """From here on, what this request is answered with is in this language."""
    g.language = chosen
    refresh()


def spoken(found: object) -> str:
    """A sentence that Python wrote, in the language of who reads it.

    Several that were stored as one are said one by one; what nobody translated, such as
    the words of an admin or of Kaleyra, stays as it is.
    """
    if not found:
        return ""
    sentence = str(found)
    if spoken_language() == ENGLISH:
        return sentence
    if isinstance(sentence, Filled):
        return gettext(sentence.template).format(**spoken_values(sentence))
    whole: str = gettext(sentence)
    if whole != sentence:
        return whole
    return " ".join(gettext(each) for each in SENTENCE_END.split(sentence))


def spoken_values(sentence: Filled) -> dict[str, object]:
    """What stands in its blanks; a sentence in a sentence is said as well."""
    return {
        name: spoken(value) if isinstance(value, Filled) else value
        for name, value in sentence.values.items()
    }


def choices(words: Mapping[str, str]) -> dict[str, str]:
    """What a form offers: values, and their words in the language of who chooses."""
    return {value: spoken(each) for value, each in words.items()}


def tongue() -> Tongue:
    return tongue_of(get_locale())


@lru_cache
def tongue_of(locale: Locale) -> Tongue:
    return Tongue(str(locale).replace("_", "-"), locale.text_direction)
