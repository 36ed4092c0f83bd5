"""What a text costs: prices as typed, the one that fits, and sums over what left."""

import pytest
from sqlalchemy import select, update

from conversations.db import db
from conversations.models import Line, Message
from conversations.texting import pricing
from conversations.texting.pricing import Price, WrongPrice
from conversations.texting.status import Status
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.stage import Stage

PRICES = "0.0075 EUR\n+1 0.01 EUR\n+1202 0.02 EUR"


def set_prices(prices: str) -> None:
    with writing():
        db.session.execute(update(Line).values(prices=pricing.listed(prices)))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("0.0075 EUR", "0.0075 EUR"),
        (" 0,01eur \n\n+39 1 usd", "0.01 EUR\n+39 1.00 USD"),
        ("+39 0.045 EUR", "+39 0.045 EUR"),
    ],
)
def test_prices_are_kept_in_one_way_of_writing(typed: str, kept: str) -> None:
    assert pricing.listed(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["cheap", "0.0075", "0.00000001 EUR", "39 0.1 EUR", "-1 EUR", "1 EUR\n2 EUR"],
)
def test_what_is_no_price_is_refused(typed: str) -> None:
    with pytest.raises(WrongPrice):
        pricing.listed(typed)


@pytest.mark.parametrize(
    ("address", "micros"),
    [("+12025550142", 20_000), ("+13105550142", 10_000), ("+390612345678", 7_500)],
)
def test_the_longest_beginning_of_the_number_counts(address: str, micros: int) -> None:
    assert pricing.for_number(PRICES, address) == Price(micros, "EUR")


def test_without_a_price_nobody_knows_the_cost() -> None:
    assert pricing.for_number("", "+12025550142") is None
    assert pricing.for_number("+39 1.00 EUR", "+12025550142") is None


def test_a_text_keeps_the_price_of_its_day(stage: Stage, ada: Customer) -> None:
    unpriced = we_reply(ada, "Before")
    set_prices("0.0075 EUR")
    priced = we_reply(ada, "x" * 161)
    set_prices("1 EUR")

    then, before = now(priced), now(unpriced)
    assert (then.cost_micros, then.cost_currency) == (15_000, "EUR")
    assert (before.cost_micros, before.cost_currency) == (None, None)


def test_totals_are_of_what_left_in_each_currency(stage: Stage, ada: Customer) -> None:
    for prices in ("0.0075 EUR", "0.0075 EUR", "0.01 USD"):
        set_prices(prices)
        we_reply(ada, "Yes")
    with writing():
        sent = update(Message).where(Message.direction == "outbound")
        db.session.execute(sent.values(status=Status.DELIVERED))
    set_prices("5 USD")
    we_reply(ada, "This one waits")

    with writing():
        found = db.session.execute(pricing.total(select(Message))).all()

    assert [tuple(row) for row in found] == [("EUR", 15_000, 2), ("USD", 10_000, 1)]
