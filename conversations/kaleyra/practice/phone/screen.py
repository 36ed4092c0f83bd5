"""What the phone shows: who has texts, one conversation, and the faults to come."""

from dataclasses import dataclass

from ..account import phone_number
from ..line import PracticeLine
from ..texts import Person, Text

MOST_TEXTS = 200
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Screen:
    """One look at the phone, as `customer` texting with `line`."""

    customer: str
    line: str
    numbers: tuple[str, ...]
    people: list[Person]
    texts: list[Text]
    waiting: list[str]
    version: str
    connected: bool


@dataclass(frozen=True)
class Complaint:
    """What was wrong with what somebody typed, and the number they had typed."""

    number: str = ""
    typed: str = ""
    body: str = ""


def look(line: PracticeLine, customer: str, number: str) -> Screen:
    """The screen as this customer, texting with this number or else the first."""
    customer = phone_number(customer) or customer
    number = number or line.account.numbers[0]
    return Screen(
        customer=customer,
        line=number,
        numbers=line.account.numbers,
        people=line.book.people()[:MOST_PEOPLE],
        texts=line.book.between(customer, number)[-MOST_TEXTS:],
        waiting=line.scripted.names(),
        version=version(line),
        connected=line.hooks is not None,
    )


def version(line: PracticeLine) -> str:
    """Changes whenever something does that the phone shows."""
    return f"{line.book.version}-{line.scripted.version}"
