"""The line under the composer: how much is written, how many texts it makes, and why.

`static/js/segment-counter.js` keeps it true while somebody types. Both fill in the
templates below, which the page hands to the script, so the words exist once.
"""

import json
from typing import Final

from conversations.texting import segments
from conversations.texting.segments import Encoding
from conversations.texting.sending import MAX_BODY_LENGTH

LISTED: Final = 3

WORDS: Final = {
    "count": "{used}/{capacity} · {segments} SMS · {alphabet}",
    "gsm7": "GSM",
    "ucs2": "Unicode",
    "because": "Unicode because of {letters}",
    "quoted": "“{letter}”",
    "and": " and ",
    "more": "{count} more",
    "tooLong": "{length}/{limit} characters · too long to send",
}

# Characters that cannot be seen, or not told apart, are named.
LETTERS: Final = {
    "\t": "tab",
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u2002": "en space",
    "\u2003": "em space",
    "\u2009": "thin space",
    "\u200a": "hair space",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u201c": "curly quote \u201c",
    "\u201d": "curly quote \u201d",
    "\u2028": "line separator",
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u202f": "narrow no-break space",
    "\u2060": "word joiner",
    "\u3000": "ideographic space",
    "\ufe0f": "emoji variation mark",
    "\ufeff": "byte order mark",
    "\ufffd": "replacement character",
}

FOR_SCRIPT: Final = json.dumps(
    {**WORDS, "letters": LETTERS, "limit": MAX_BODY_LENGTH, "listed": LISTED},
    ensure_ascii=False,
)


def line(body: str) -> str:
    """What the counter says about `body`."""
    if len(body) > MAX_BODY_LENGTH:
        return WORDS["tooLong"].format(length=len(body), limit=MAX_BODY_LENGTH)
    measure = segments.measure(body)
    return WORDS["count"].format(
        used=measure.units,
        capacity=measure.units + measure.room,
        segments=max(measure.segments, 1),
        alphabet=alphabet(measure),
    )


def alphabet(measure: segments.Measure) -> str:
    if measure.encoding is Encoding.GSM7:
        return WORDS["gsm7"]
    return WORDS["because"].format(letters=because(measure.unicode_because))


def because(letters: tuple[str, ...]) -> str:
    """The first few of the letters that GSM lacks, and how many more there are."""
    shown = [named(letter) for letter in letters[:LISTED]]
    if len(letters) > LISTED:
        shown.append(WORDS["more"].format(count=len(letters) - LISTED))
    *first, last = shown
    return WORDS["and"].join([", ".join(first), last] if first else [last])


def named(letter: str) -> str:
    return LETTERS.get(letter) or WORDS["quoted"].format(letter=letter)
