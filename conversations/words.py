"""Sentences that pages show in the language of who reads them.

The sentence itself stays English in Python, in the database and in the API: it is a
fact. `web.languages.spoken` says it in another language when a page prints it.
"""

from collections.abc import Mapping
from typing import Self


class Filled(str):
    """A sentence whose blanks are filled in, which still knows what it was made of."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Self:
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __str__(self) -> Self:
        """Itself, so that it lasts through an exception."""
        return self


def N_(sentence: str) -> str:
    """`sentence` as it is, known to those who translate."""
    return sentence


def worded(template: str, **values: object) -> Filled:
    """`template`, which `N_` has marked, with `values` in place of its {names}."""
    return Filled(template, values)


def together(*sentences: Filled) -> Filled:
    """One after the other."""
    names = {f"part{place}": each for place, each in enumerate(sentences)}
    return Filled(" ".join(f"{{{name}}}" for name in names), names)
