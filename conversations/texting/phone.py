"""Addresses that texts come from and go to; the one place where they are normalised.

An address is a phone number in E.164 ("+12025550142"), a short code of 3 to 8 digits
("56161"), or the name some senders show instead of a number ("KLRHXA").
"""

import re
from functools import lru_cache

from conversations.texting import numbering
from conversations.texting.pasted import plain
from conversations.words import N_, Filled, together, worded

SHORT_CODE = re.compile(r"[0-9]{3,8}")
NUMBER = re.compile(r"\+?[0-9 ().\-/]+")
NAME = re.compile(r"(?=.*[^\W\d_])[\w .&'+!@#*/-]{1,11}")
UNHEARD_OF = re.compile(r"[1-9][0-9]{6,14}")
TEXTABLE = re.compile(r"\+[0-9]{7,15}|[0-9]{3,8}")

# Short codes have up to 8 digits and the numbers of some countries from 7: only where
# the two overlap may a region turn a short code into a number.
SHORTEST_NUMBER = 7
# So few digits tell numbers apart too little to be looked for where more were typed.
FEWEST_DIGITS = 4
LONGEST_SHOWN = 30
SHOWN_WHEN_MASKED = 4
LONG_ENOUGH_TO_MASK = 8
# Every callback names one of the same few lines, and mostly a customer seen before.
CACHE_SIZE = 4096

A_NAME = N_("{number} is a sender's name, not a number: it cannot be texted.")
NOT_WHOLE = N_("{number} is not a whole phone number.")
HINT = N_("Begin with + and the country code, as in +12025550142.")


class InvalidAddress(Exception):
    """What was typed cannot be texted; the message says why and what to type."""


def parse(text: str, region: str | None = None) -> str:
    """The phone number or short code a person typed; national forms need a `region`.

    Raises `InvalidAddress`, also for a sender's name, because nobody can text one.
    """
    written = plain(text)
    if not NUMBER.fullmatch(written):
        raise InvalidAddress(no_number(written))
    address = short_code(written, region) or number_typed(written, region)
    if address is None or not textable(address):
        raise InvalidAddress(wrong(complaint(written), written))
    return address


def parse_any(text: str, region: str | None = None) -> str:
    """Like `parse`, for looking an address up: a sender's name is one too."""
    written = plain(text)
    return written if NAME.fullmatch(written) else parse(text, region)


@lru_cache(CACHE_SIZE)
def from_provider(text: str, region: str | None = None) -> str | None:
    """The address Kaleyra means, with or without a plus; None when it means nothing.

    A number too new for our tables is kept as it is: losing a text would be worse.
    """
    written = plain(text)
    if NAME.fullmatch(written):
        return written
    if not NUMBER.fullmatch(written):
        return None
    return short_code(written, region) or number_given(written, region)


def digits(text: str) -> str:
    """Only the digits, those of other scripts turned into ours."""
    return "".join(letter for letter in plain(text) if letter in "0123456789")


def spellings(text: str) -> set[str]:
    """The runs of digits by which a number may be known, however it was typed."""
    abroad = dialled_abroad(plain(text)) or ""
    others = {bare(text), abroad, digits(numbering.whole(abroad) or "")}
    return {digits(text)} | {each for each in others if len(each) >= FEWEST_DIGITS}


def bare(text: str) -> str:
    """The digits that stay however a number is written: no +, country code, 00 or 0.

    Without a plus or zeros nobody knows what a country code is; all are kept then.
    """
    if abroad := dialled_abroad(plain(text)):
        return numbering.without_country(abroad) or abroad
    return digits(text).removeprefix("0")


def formatted(address: str) -> str:
    """A number as people write it abroad, "+1 202-555-0142"; others as they are."""
    number = numbering.formatted(address) if address.startswith("+") else None
    return number or address


def ending(address: str) -> str:
    """All but the last digits hidden: four, or two of a short one; a name is shown."""
    if not TEXTABLE.fullmatch(address):
        return address
    long = len(digits(address)) >= LONG_ENOUGH_TO_MASK
    return f"•••• {address[-(SHOWN_WHEN_MASKED if long else 2) :]}"


@lru_cache(CACHE_SIZE)
def same(one: str, other: str) -> bool:
    """Whether both mean one address; one may lack the country code or the plus."""
    if NAME.fullmatch(plain(one)) or NAME.fullmatch(plain(other)):
        return plain(one).casefold() == plain(other).casefold()
    short, long = sorted((significant(one), significant(other)), key=len)
    return bool(short) and (short == long or ends(long, short))


def masked(address: str) -> str:
    """The address for logs: no more than its last three digits."""
    return f"***{digits(address)[-3:]}"


def textable(address: str) -> bool:
    """Whether a normalised address can be texted; a sender's name cannot."""
    return TEXTABLE.fullmatch(address) is not None


def short_code(written: str, region: str | None) -> str | None:
    if not SHORT_CODE.fullmatch(written):
        return None
    if len(written) < SHORTEST_NUMBER:
        return written
    return numbering.national(written, region) or written


def number_typed(written: str, region: str | None) -> str | None:
    if abroad := dialled_abroad(written):
        return numbering.whole(abroad)
    return numbering.typed(digits(written), region)


def number_given(written: str, region: str | None) -> str | None:
    if abroad := dialled_abroad(written):
        return numbering.whole(abroad) or unheard_of(abroad)
    number = digits(written)
    return numbering.given(number, region) or unheard_of(number)


def dialled_abroad(written: str) -> str | None:
    """The digits from the country code on, where a plus or 00 says that one comes."""
    number = digits(written)
    if written.startswith("+") or number.startswith("00"):
        return number.removeprefix("00")
    return None


def unheard_of(number: str) -> str | None:
    """A number that our tables do not know but E.164 would allow."""
    allowed = UNHEARD_OF.fullmatch(number)
    return f"+{number}" if allowed else None


def significant(text: str) -> str:
    return digits(text).lstrip("0")


def ends(long: str, short: str) -> bool:
    """Whether `short` is all of `long` but the country code."""
    if len(short) < SHORTEST_NUMBER or not long.endswith(short):
        return False
    return significant(numbering.without_country(long) or "") == short


def no_number(written: str) -> str:
    if not written:
        return N_("Type the phone number to text, such as +12025550142.")
    if NAME.fullmatch(written):
        return worded(A_NAME, number=shown(written))
    return wrong(numbering.NO_NUMBER, written)


def wrong(template: str, written: str) -> Filled:
    """What is wrong with a number, and how to write one."""
    return together(worded(template, number=shown(written)), worded(HINT))


def complaint(written: str) -> str:
    abroad = dialled_abroad(written)
    return numbering.problem(abroad) if abroad else NOT_WHOLE


def shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
