"""How a customer and a line are called on a page."""

from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _

from conversations.models import Agent, Customer
from conversations.texting import erased, phone

TINTS = 6
REMEMBERED = 4096


@dataclass(frozen=True)
class Face:
    """What stands in a customer's circle; without initials, an icon."""

    initials: str
    tint: int


@lru_cache(REMEMBERED)
def number(address: str) -> str:
    """A number as people write it; formatting one takes longer than printing a row."""
    return phone.formatted(address)


def number_of(customer: Customer, viewer: Agent) -> str:
    """The customer's number, as far as this agent may see it: the one place."""
    if erased.is_tombstone(customer.address):
        return str(_("Erased person %(id)s", id=customer.id))
    if viewer.sees_numbers:
        return number(customer.address)
    return phone.ending(customer.address)


def address_of(address: str, viewer: Agent) -> str:
    """The same for files: as programs write it, unless it is masked."""
    return address if viewer.sees_numbers else phone.ending(address)


def called(customer: Customer, viewer: Agent) -> str:
    return customer.name or number_of(customer, viewer)


def face(customer: Customer) -> Face:
    return Face(initials(customer.name or ""), customer.id % TINTS)


def face_of_agent(agent: Agent) -> Face:
    return Face(initials(agent.name), agent.id % TINTS)


def initials(name: str) -> str:
    """The first letters of the first and the last word: "Ada King Lovelace" is AL."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(dict.fromkeys(word[0].upper() for word in (*words[:1], *words[-1:])))
