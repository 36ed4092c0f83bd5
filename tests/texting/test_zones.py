"""In which zone a customer is: what their number tells, and when it does not."""

import pytest

from conversations.models import Customer
from conversations.texting import zones


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("+390612345678", "Europe/Rome"),
        ("+442079460018", "Europe/London"),
        ("+919812345678", "Asia/Kolkata"),
        ("+34912345678", "Europe/Madrid"),
        ("+12025550142", None),
        ("56161", None),
        ("KLRHXA", None),
        ("+88213000000", None),
    ],
)
def test_a_number_tells_its_zone_where_a_country_has_one(
    address: str, zone: str | None
) -> None:
    assert zones.guessed(address) == zone


def test_what_somebody_chose_goes_first() -> None:
    customer = Customer(address="+390612345678", time_zone="Asia/Tokyo")

    assert str(zones.of(customer)) == "Asia/Tokyo"


def test_every_main_zone_is_one() -> None:
    assert zones.known().issuperset(zones.MAIN.values())


def test_the_likeliest_zone_of_a_country_with_several_comes_first() -> None:
    first, *others = zones.likely("+12025550142")

    assert first == "America/New_York"
    assert "America/Adak" in others


@pytest.mark.parametrize("region", zones.MOST_LIVE)
def test_the_zone_in_which_most_live_is_one_of_the_country(region: str) -> None:
    assert zones.MOST_LIVE[region] in zones.of_region(region)
