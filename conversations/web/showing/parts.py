"""What is asked before a text of very many parts is sent: how many, at what price."""

from dataclasses import dataclass

from conversations.texting import segments
from conversations.texting.pricing import Price
from conversations.web.showing import counter


@dataclass(frozen=True)
class Parts:
    """`cost` is empty where nobody said what a part costs.

    `due` is when it was to be sent, as a field for times has it; empty: at once.
    """

    count: int
    cost: str
    due: str = ""


def parts(body: str, price: Price | None, due: str = "") -> Parts:
    """Of a body as a form has cleaned it."""
    count = segments.measure(body).segments
    return Parts(count, counter.money(price, count) if price else "", due)
