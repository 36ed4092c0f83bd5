"""What digits mean as a phone number: with their country code, or within a region.

A thin layer over Google's numbering tables. A number counts when its length is
possible; being valid there only breaks ties, since tables lag behind the networks and
test ranges are never valid.
"""

from collections.abc import Iterable

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    is_valid_number,
    national_significant_number,
    region_code_for_number,
)
from phonenumbers import parse as parse_number

from conversations.words import N_

# With fewer digits a person has more often than not left the country code out.
SHORTEST_WITH_COUNTRY = 11

NO_NUMBER = N_("{number} is not a phone number.")
NO_COUNTRY = N_("{number} does not begin with a country code.")
PROBLEMS = {
    ValidationResult.TOO_SHORT: N_("{number} is too short for a phone number."),
    ValidationResult.TOO_LONG: N_("{number} is too long for a phone number."),
}


def whole(digits: str) -> str | None:
    """The number whose country code comes first in `digits`, in E.164."""
    return possible([read(f"+{digits}")])


def national(digits: str, region: str | None) -> str | None:
    """The number within `region`, in E.164; None unless the tables are sure of it."""
    return valid([read(digits, region)])


def typed(digits: str, region: str | None) -> str | None:
    """What a person means who typed no plus, in E.164: the region goes first."""
    regional = read(digits, region)
    foreign = read(f"+{digits}") if len(digits) >= SHORTEST_WITH_COUNTRY else None
    return valid([regional, foreign]) or possible([foreign, regional])


def given(digits: str, region: str | None) -> str | None:
    """What a machine means that gave no plus, in E.164: the country goes first."""
    readings = [read(f"+{digits}"), read(digits, region)]
    return valid(readings) or possible(readings)


def problem(digits: str) -> str:
    """What is wrong with `digits`, with a blank for the {number} as it was typed."""
    number = parsed(f"+{digits}", None)
    if number is None:
        return NO_COUNTRY
    reason = is_possible_number_with_reason(number)
    return PROBLEMS.get(reason, NO_NUMBER)


def formatted(address: str) -> str | None:
    """An E.164 number as people write it abroad: "+1 202-555-0142"."""
    number = parsed(address, None)
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else None


def region(address: str) -> str | None:
    """The country of an E.164 number, as two letters, if it is surely in one."""
    number = parsed(address, None) if address.startswith("+") else None
    return region_code_for_number(number) if number else None


def without_country(digits: str) -> str | None:
    """The digits of a whole number without its country code."""
    number = parsed(f"+{digits}", None)
    return national_significant_number(number) if number else None


def valid(readings: Iterable[PhoneNumber | None]) -> str | None:
    return possible(number for number in readings if number and is_valid_number(number))


def possible(readings: Iterable[PhoneNumber | None]) -> str | None:
    numbers = (number for number in readings if number)
    return next((format_number(n, PhoneNumberFormat.E164) for n in numbers), None)


def read(text: str, region: str | None = None) -> PhoneNumber | None:
    """`text` as a number of a possible length, area code included."""
    number = parsed(text, region)
    if number is None:
        return None
    reason = is_possible_number_with_reason(number)
    return number if reason == ValidationResult.IS_POSSIBLE else None


def parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return parse_number(text, region and region.upper())
    except NumberParseException:
        return None
