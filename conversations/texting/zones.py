"""In which time zone a customer is, as far as their number tells.

A country with one zone tells it, and so does one where nearly all live in the same.
Elsewhere, as in America, nobody can say from the number, and we do not pretend to.
"""

from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from conversations.models import Customer
from conversations.texting import numbering

REMEMBERED = 4096

# Where a country has several zones and yet nearly everybody lives in one.
MAIN = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
}
# Where people of a country live in several, the one in which most of them do.
MOST_LIVE = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CY": "Asia/Nicosia",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "RU": "Europe/Moscow",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def of(customer: Customer) -> ZoneInfo | None:
    """The zone that was chosen, else the one that the number tells."""
    name = customer.time_zone or guessed(customer.address)
    return ZoneInfo(name) if name else None


@lru_cache(REMEMBERED)
def guessed(address: str) -> str | None:
    """The name of the zone of whoever has this number; None when it does not tell."""
    region = numbering.region(address) or ""
    zones = of_region(region)
    found = MAIN.get(region) or (zones[0] if len(zones) == 1 else None)
    return found if found in known() else None


def likely(address: str) -> Sequence[str]:
    """The zones of the number's country; the one in which most live comes first."""
    region = numbering.region(address) or ""
    return sorted(of_region(region), key=lambda zone: zone != MOST_LIVE.get(region))


@lru_cache
def of_region(region: str) -> Sequence[str]:
    territories = get_global("zone_territories")
    return sorted(zone for zone, where in territories.items() if where == region)


@lru_cache
def known() -> frozenset[str]:
    """The IANA names; looking them up reads a directory, so only once."""
    return frozenset(available_timezones())
