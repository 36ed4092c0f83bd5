"""How many segments a text takes on the wire, and which characters make it dear.

The rules are those of 3GPP TS 23.038 (the alphabet) and TS 23.040 (joined segments).
`static/js/segments.js` counts the same way; both are held to one file of vectors,
tests/texting/segment_vectors.json. National alphabets and 16-bit joining references
are the provider's affair and not counted here.
"""

from dataclasses import dataclass
from enum import StrEnum

# The escape to the extension table is no character of its own, so 127 and not 128.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
GSM = BASIC | EXTENSION


class Encoding(StrEnum):
    """How a text is put on the wire."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


# Units that fit when the text is one segment, and in each segment when it is more.
ALONE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
JOINED = {Encoding.GSM7: 153, Encoding.UCS2: 67}


@dataclass(frozen=True)
class Measure:
    """What a text takes: `units` are septets (GSM-7) or UTF-16 code units (UCS-2).

    `room` is the units left in the last segment. `unicode_because` holds each character
    that GSM-7 lacks, once, in order of appearance; it is empty for GSM-7.
    """

    encoding: Encoding
    segments: int
    units: int
    room: int
    unicode_because: tuple[str, ...]


def measure(text: str) -> Measure:
    """Measure `text`, which must be clean (`clean.clean_text`); empty takes nothing."""
    foreign = foreign_letters(text)
    encoding = Encoding.UCS2 if foreign else Encoding.GSM7
    parts = fill(text, encoding)
    limits = JOINED if len(parts) > 1 else ALONE
    last = units(parts[-1], encoding) if parts else 0
    return Measure(
        encoding=encoding,
        segments=len(parts),
        units=units(text, encoding),
        room=limits[encoding] - last,
        unicode_because=foreign,
    )


def foreign_letters(text: str) -> tuple[str, ...]:
    """Each character that GSM-7 lacks, once, in order of appearance."""
    if GSM.issuperset(text):
        return ()
    return tuple(dict.fromkeys(letter for letter in text if letter not in GSM))


def split(text: str) -> list[str]:
    """The text of each segment, in order."""
    return fill(text, Encoding.GSM7 if GSM.issuperset(text) else Encoding.UCS2)


def fill(text: str, encoding: Encoding) -> list[str]:
    """Fill segment after segment; what takes two units is never cut in two."""
    if units(text, encoding) <= ALONE[encoding]:
        return [text] if text else []
    parts, start, used = [], 0, 0
    for index, letter in enumerate(text):
        cost = units(letter, encoding)
        if used + cost > JOINED[encoding]:
            parts.append(text[start:index])
            start, used = index, 0
        used += cost
    return [*parts, text[start:]]


def units(text: str, encoding: Encoding) -> int:
    """The septets or UTF-16 code units that `text` takes."""
    if encoding is Encoding.GSM7:
        return len(text) + sum(map(text.count, EXTENSION))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
