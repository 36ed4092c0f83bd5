"""The faults by name, for a person at the phone and for programs over HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import news, refusals, wires
from .fault import Fault


class UnknownFault(Exception):
    """No fault has this name, or it cannot be made with this value."""


@dataclass(frozen=True)
class Choice:
    """One line of the menu; `reads` turns the value somebody typed into an argument."""

    label: str
    make: Callable[..., Fault]
    reads: Callable[[str], object] | None = None


ANSWERS = {
    "refuse": Choice("Kaleyra refuses the text", refusals.refuse, str),
    "unauthorised": Choice(
        "Kaleyra does not know the key (401)", refusals.unauthorised
    ),
    "not_found": Choice("Kaleyra does not know the account (404)", refusals.not_found),
    "throttle": Choice("Too many texts, wait (429)", refusals.throttle, float),
    "unavailable": Choice("Kaleyra is busy, wait (503)", refusals.unavailable, float),
    "error_500": Choice("Kaleyra breaks (500)", refusals.error_500),
    "bad_gateway": Choice("A gateway breaks (502, a web page)", refusals.bad_gateway),
    "gateway_timeout": Choice(
        "A gateway gives up (504, a web page)", refusals.gateway_timeout
    ),
    "html_200": Choice("A web page in place of an answer", refusals.html_200),
    "redirect": Choice("Sent elsewhere (302)", refusals.redirect),
    "no_id": Choice("Taken, but without an id", refusals.no_id),
    "error_in_2xx": Choice("An error inside a good answer", refusals.error_in_2xx),
}

CONNECTION = {
    "slow": Choice("A slow answer", wires.slow, float),
    "hang": Choice("No answer; the text is lost", wires.hang, float),
    "hang_after_accepting": Choice(
        "No answer; the text is taken", wires.hang_after_accepting, float
    ),
    "cut": Choice("Cut off before the answer", wires.cut),
    "cut_in_body": Choice("Cut off within the answer", lambda: wires.cut(in_body=True)),
    "drip": Choice("An answer that drips without end", wires.drip, float),
    "huge": Choice("An answer of endless size", wires.huge),
}

REPORTS = {
    "undelivered": Choice("The text does not arrive", news.undelivered, str),
    "opted_out": Choice("The customer has opted out", news.opted_out),
    "silent": Choice("No report comes", news.silent),
    "only_sent": Choice("Sent, and no more news", news.only_sent),
    "late": Choice("Reports come late", news.late, float),
    "early": Choice("Reports come before the answer", news.early),
    "doubled": Choice("Every report comes twice", news.doubled),
    "reordered": Choice("Reports come in the wrong order", news.reordered),
}

MENU: Mapping[str, Mapping[str, Choice]] = {
    "The answer": ANSWERS,
    "The connection": CONNECTION,
    "The reports": REPORTS,
}

CHOICES: Mapping[str, Choice] = {**ANSWERS, **CONNECTION, **REPORTS}


def named(name: str, value: str = "") -> Fault:
    """The fault of this name; `value` is its seconds, its words or its trace."""
    choice = CHOICES.get(name)
    if choice is None:
        raise UnknownFault(f"No fault is called {name!r}")
    if not value or choice.reads is None:
        return choice.make()
    try:
        return choice.make(choice.reads(value))
    except ValueError as error:
        raise UnknownFault(f"{name} cannot be made with {value!r}") from error
