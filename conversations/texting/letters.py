"""Letters without case and accents, as people type them who look for something."""

import re
import unicodedata

# The accents of our own alphabets, the vowel points of Hebrew and Arabic, and what
# shows nothing. The marks of other scripts are as good as letters and stay.
POINTS = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u200c\u200d\ufe0e\ufe0f"
)
POINT = re.compile(f"[{POINTS}]")
# What is no other letter with an accent, for Unicode, and is for people.
ALIKE = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "\u2019": "'",
    }
)


def folded(text: str) -> str:
    """So written, "José" is "jose", "MÜNCHEN" is "munchen" and "Straße" "strasse"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", POINT.sub("", apart).translate(ALIKE))
