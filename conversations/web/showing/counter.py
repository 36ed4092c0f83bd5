"""The line under the composer: how much is written, how many texts it makes, and why.

`static/js/segment-counter.js` keeps it true while somebody types. Both fill in the
templates below, which the page hands to the script, so the words exist once.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Final

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

from conversations.texting import pricing, segments
from conversations.texting.pricing import Price
from conversations.texting.segments import Encoding
from conversations.texting.sending import MAX_BODY_LENGTH
from conversations.words import N_

LISTED: Final = 3
ENGLISH: Final = Locale("en")

WORDS: Final = {
    "count": N_("{used}/{capacity} · {segments} SMS · {alphabet}"),
    "gsm7": N_("GSM"),
    "ucs2": N_("Unicode"),
    "because": N_("Unicode because of {letters}"),
    "quoted": N_("“{letter}”"),
    "and": N_(" and "),
    "more": N_("{count} more"),
    "price": N_("{line} · about {cost} {currency}"),
    "tooLong": N_("{length}/{limit} characters · too long to send"),
}

# Characters that cannot be seen, or not told apart, are named.
LETTERS: Final = {
    "\t": N_("tab"),
    "\u00a0": N_("no-break space"),
    "\u00ad": N_("soft hyphen"),
    "\u2002": N_("en space"),
    "\u2003": N_("em space"),
    "\u2009": N_("thin space"),
    "\u200a": N_("hair space"),
    "\u200b": N_("zero-width space"),
    "\u200c": N_("zero-width non-joiner"),
    "\u200d": N_("zero-width joiner"),
    "\u200e": N_("left-to-right mark"),
    "\u200f": N_("right-to-left mark"),
    "\u201c": N_("curly quote \u201c"),
    "\u201d": N_("curly quote \u201d"),
    "\u2028": N_("line separator"),
    "\u202a": N_("left-to-right embedding"),
    "\u202b": N_("right-to-left embedding"),
    "\u202c": N_("pop directional formatting"),
    "\u202d": N_("left-to-right override"),
    "\u202e": N_("right-to-left override"),
    "\u202f": N_("narrow no-break space"),
    "\u2060": N_("word joiner"),
    "\u3000": N_("ideographic space"),
    "\ufe0f": N_("emoji variation mark"),
    "\ufeff": N_("byte order mark"),
    "\ufffd": N_("replacement character"),
}


def for_script() -> str:
    """The words, in the language of who writes."""
    return for_script_in(str(get_locale()))


@lru_cache
def for_script_in(language: str) -> str:
    """The same; `language` is the one now spoken, and is what is remembered by."""
    said = {name: _(words) for name, words in WORDS.items()}
    letters = {letter: _(words) for letter, words in LETTERS.items()}
    return json.dumps(
        {
            **said,
            "letters": letters,
            "limit": MAX_BODY_LENGTH,
            "listed": LISTED,
            "decimal": decimal(),
        },
        ensure_ascii=False,
    )


def line(body: str, price: Price | None = None) -> str:
    """What the counter says about `body`; `price` is that of one segment."""
    if len(body) > MAX_BODY_LENGTH:
        return says("tooLong").format(length=len(body), limit=MAX_BODY_LENGTH)
    measure = segments.measure(body)
    segmented = max(measure.segments, 1)
    counted = says("count").format(
        used=measure.units,
        capacity=measure.units + measure.room,
        segments=segmented,
        alphabet=alphabet(measure),
    )
    return priced(counted, segmented, price) if price else counted


def priced(counted: str, segmented: int, price: Price) -> str:
    cost = cost_of(price, segmented)
    return says("price").format(line=counted, cost=cost, currency=price.currency)


def money(price: Price, segmented: int) -> str:
    """What so many segments cost, with the currency."""
    return f"{cost_of(price, segmented)} {price.currency}"


def cost_of(price: Price, segmented: int) -> str:
    return pricing.amount(price.micros * segmented).replace(".", decimal())


def decimal() -> str:
    """What stands before the cents."""
    symbols = (get_locale() or ENGLISH).number_symbols
    return str(symbols["latn"]["decimal"])


def price_for_script(price: Price | None) -> str:
    return json.dumps(asdict(price)) if price else ""


def alphabet(measure: segments.Measure) -> str:
    if measure.encoding is Encoding.GSM7:
        return says("gsm7")
    return says("because").format(letters=because(measure.unicode_because))


def because(letters: tuple[str, ...]) -> str:
    """The first few of the letters that GSM lacks, and how many more there are."""
    shown = [named(letter) for letter in letters[:LISTED]]
    if len(letters) > LISTED:
        shown.append(says("more").format(count=len(letters) - LISTED))
    *first, last = shown
    return says("and").join([", ".join(first), last] if first else [last])


def says(name: str) -> str:
    return _(WORDS[name])


def named(letter: str) -> str:
    found = LETTERS.get(letter)
    return _(found) if found else says("quoted").format(letter=letter)
