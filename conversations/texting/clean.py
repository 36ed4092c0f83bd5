"""Making text from outside safe to store: what no database can hold is replaced."""

from unicodedata import category

UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
# Letters, marks and a sign that show nothing, by what they are for.
FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def clean_text(text: str) -> str:
    """`text` without NUL and lone surrogate halves, each replaced by U+FFFD.

    Halves that belong together, as when a gateway cut an emoji in two, are joined.
    """
    if text.isascii() and "\x00" not in text:
        return text
    halves = text.replace("\x00", "\ufffd").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace")


def blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces, and what only looks like nothing."""
    return all(unseen(each) for each in text)


def unseen(letter: str) -> bool:
    return category(letter) in UNSEEN or letter in FILLERS or letter in VARIATIONS
