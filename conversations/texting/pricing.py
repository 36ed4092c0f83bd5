"""What a text costs: segments times a price, which an admin sets for a line.

Prices are kept as they are typed, one a line: "0.0075 EUR" for everywhere, "+39 0.045
EUR" for numbers that begin so; the longest beginning counts. Money is whole millionths
of a currency, so that sums are exact.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import BigInteger, Select, cast, func, select

from conversations.models import Conversation, Message
from conversations.models.message import OUTBOUND
from conversations.texting.status import Status
from conversations.words import N_, worded

MICROS = 1_000_000
MOST = 300
LINE = re.compile(
    r"(?:(?P<prefix>\+[0-9]{1,7})\s+)?"
    r"(?P<amount>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?P<currency>[A-Za-z]{3})"
)
# What never left costs nothing; what nobody knows of has likely been paid for.
PAID = (
    Status.ACCEPTED,
    Status.SENT,
    Status.DELIVERED,
    Status.UNDELIVERED,
    Status.UNCONFIRMED,
)

NOT_A_PRICE = N_("{typed} is not a price. Type such as 0.0075 EUR or +39 0.045 EUR.")
TWICE = N_("There are two prices for {prefix}. Keep one.")
EVERYWHERE = N_("all other numbers")
TOO_MANY = N_("These are too many prices. Keep at most {most}.")


class WrongPrice(ValueError):
    """What was typed is no price; the message says what would be."""


@dataclass(frozen=True)
class Price:
    """Of one segment, in millionths of `currency`."""

    micros: int
    currency: str


def listed(typed: str) -> str:
    """The prices as they are kept. Raises `WrongPrice`."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise WrongPrice(worded(TOO_MANY, most=MOST))
    prices: dict[str, Price] = {}
    for line in lines:
        prefix, price = read(line)
        if prefix in prices:
            raise WrongPrice(worded(TWICE, prefix=prefix or EVERYWHERE))
        prices[prefix] = price
    return "\n".join(written(prefix, prices[prefix]) for prefix in sorted(prices))


def read(line: str) -> tuple[str, Price]:
    """The beginning of numbers it is for, empty for all, and the price."""
    found = LINE.fullmatch(line)
    if found is None:
        raise WrongPrice(worded(NOT_A_PRICE, typed=f"“{line[:30]}”"))
    amount = Decimal(found["amount"].replace(",", "."))
    price = Price(int(amount * MICROS), found["currency"].upper())
    return found["prefix"] or "", price


def written(prefix: str, price: Price) -> str:
    return f"{prefix} {amount(price.micros)} {price.currency}".strip()


@lru_cache
def known(prices: str) -> Mapping[str, Price]:
    return dict(read(line) for line in prices.splitlines())


def of(conversation: Conversation) -> Price | None:
    """What a segment costs in this conversation, if anybody said."""
    return for_number(conversation.line.prices, conversation.customer.address)


def for_number(prices: str, address: str) -> Price | None:
    found = known(prices)
    fitting = [prefix for prefix in found if address.startswith(prefix)]
    return found[max(fitting, key=len)] if fitting else None


def amount(micros: int) -> str:
    """In whole units, with two decimals, and more only where there are: 0.0075.

    `counting.js` writes the same.
    """
    whole, rest = divmod(micros, MICROS)
    decimals = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{whole}.{decimals}"


def total(messages: Select[Message]) -> Select[str, int, int]:
    """What these texts of ours cost: (currency, millionths of it, how many texts).

    At the prices of the day they were sent; those sent without a price are not in it.
    """
    texts = messages.where(
        Message.direction == OUTBOUND,
        Message.status.in_(PAID),
        Message.cost_micros.is_not(None),
    ).with_only_columns(Message.cost_currency, Message.cost_micros)
    paid = texts.order_by(None).subquery()
    sum_of = cast(func.sum(paid.c.cost_micros), BigInteger)
    return (
        select(paid.c.cost_currency, sum_of, func.count())
        .group_by(paid.c.cost_currency)
        .order_by(paid.c.cost_currency)
    )
