"""Cleaning what people paste as a number: other scripts' digits, invisible marks."""

import unicodedata

LOOKALIKES = {
    "\N{FULLWIDTH PLUS SIGN}": "+",
    "\N{FULLWIDTH LEFT PARENTHESIS}": "(",
    "\N{FULLWIDTH RIGHT PARENTHESIS}": ")",
    "\N{FULLWIDTH FULL STOP}": ".",
    "\N{MINUS SIGN}": "-",
}
# What stands for a letter of these kinds: control and invisible marks, dashes.
KINDS = {"Cc": "", "Cf": "", "Pd": "-"}


def plain(text: str) -> str:
    """`text` with our digits, spaces and dashes, and nothing that cannot be seen."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(plain_letter, text))
    return text.strip()


def plain_letter(letter: str) -> str:
    if letter.isspace():
        return " "
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    return LOOKALIKES.get(letter) or KINDS.get(unicodedata.category(letter), letter)
