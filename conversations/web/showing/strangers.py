"""Wrong secrets and unknown numbers, as admins see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conversations.hooks.turned_away import REST, SIZE
from conversations.kaleyra.sides import UNKNOWN_LINE
from conversations.web.showing import people, times
from conversations.web.showing.callbacks import ADDRESSES
from conversations.web.showing.times import Stamp
from conversations.words import N_

PLACES = {
    "header": N_("in the header X-Hook-Token"),
    "password": N_("as a basic password"),
    "query": N_("as ?token= in the address"),
    SIZE: N_("is too large for a callback; the secret was right"),
}
NO_SECRET = N_("no secret at all")
NOT_SAID = N_("No number named")


@dataclass(frozen=True)
class TurnedAway:
    times: int
    last: Stamp
    address: str
    source: str
    secret: str


@dataclass(frozen=True)
class UnknownNumber:
    number: str
    customers: int
    last: Stamp | None


@dataclass(frozen=True)
class Strangers:
    """The counts are of all, the lists of the latest."""

    turned_away: list[TurnedAway]
    times_turned_away: int
    unknown_numbers: list[UnknownNumber]
    count_of_unknown: int


def shown(
    refused: Iterable[Any],
    times_refused: int,
    numbers: Iterable[Any],
    count_of_unknown: int,
    zone: ZoneInfo,
) -> Strangers:
    return Strangers(
        turned_away=[turned_away(row, zone) for row in refused],
        times_turned_away=int(times_refused),
        unknown_numbers=[unknown_number(row, zone) for row in numbers],
        count_of_unknown=count_of_unknown,
    )


def turned_away(row: Any, zone: ZoneInfo) -> TurnedAway:
    address, source, place, hint, count, last_at = row
    where = PLACES.get(place)
    if source == REST:
        where, hint = N_("of many kinds"), ""
    return TurnedAway(
        times=int(count),
        last=times.moment(last_at, zone),
        address=ADDRESSES.get(address, address),
        source=source,
        secret=f"{hint} {_(where)}".strip() if where else _(NO_SECRET),
    )


def unknown_number(row: Any, zone: ZoneInfo) -> UnknownNumber:
    address, customers, last_at = row
    number = _(NOT_SAID) if address == UNKNOWN_LINE else people.number(address)
    last = times.moment(last_at, zone) if last_at else None
    return UnknownNumber(number, customers, last)
