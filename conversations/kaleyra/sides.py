"""Telling the customer's number from ours, whatever the callback calls them.

Kaleyra's documentation leaves open which of `source` and `recipient` is the customer,
and a profile may be bound the wrong way round. So the side that is one of our numbers
is the line; only where that decides nothing does the name of the field count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conversations.kaleyra import names
from conversations.texting import phone
from conversations.words import N_

UNKNOWN_LINE = "unknown"

NO_LINE = N_("It does not say to which of our numbers the text came.")
NOT_OURS = N_(
    "Neither number is ours; the text is taken to be from {theirs} to {ours}."
)
BOTH_OURS = N_(
    "Both numbers are ours; the text is taken to be from {theirs} to {ours}."
)


@dataclass(frozen=True)
class Sides:
    """The two numbers of a callback as they came, and which of ours each of them is."""

    theirs: str
    ours: str
    their_own: str | None
    our_own: str | None

    @property
    def recognised(self) -> bool:
        """Whether the line is one of our numbers."""
        return self.our_own is not None

    def customer(self, region: str | None) -> str | None:
        """The customer's address; None when that side means nobody."""
        return phone.from_provider(self.theirs, region)

    def line(self, region: str | None) -> str:
        """Our number as we spell it; one that is not ours is normalised."""
        return self.our_own or phone.from_provider(self.ours, region) or UNKNOWN_LINE

    def oddity(self) -> str | None:
        """What an admin should know about how the sides were told apart."""
        if self.their_own and self.our_own:
            return BOTH_OURS.format(theirs=self.theirs, ours=self.ours)
        if self.our_own:
            return None
        return (
            NOT_OURS.format(theirs=self.theirs, ours=self.ours)
            if self.ours
            else NO_LINE
        )


def told_apart(fields: Mapping[str, str], own_numbers: Sequence[str]) -> Sides:
    """The sides of a callback, turned round where only their side is one of ours."""
    theirs, ours = as_named(fields)
    their_own, our_own = (own_number(side, own_numbers) for side in (theirs, ours))
    if their_own and not our_own:
        return Sides(ours, theirs, None, their_own)
    return Sides(theirs, ours, their_own, our_own)


def as_named(fields: Mapping[str, str]) -> tuple[str, str]:
    """(the customer's number, ours) as the names of the fields have it."""
    theirs, ours = first(fields, names.CUSTOMER), first(fields, names.LINE)
    either = fields.get(names.EITHER, "")
    return (theirs, ours or either) if theirs else (either, ours)


def own_number(number: str, own_numbers: Iterable[str]) -> str | None:
    """Which of ours `number` is; a spelling that lacks nothing goes first."""
    matches = [own for own in own_numbers if number and phone.same(number, own)]
    length = len(phone.digits(number))
    return min(matches, key=lambda own: len(phone.digits(own)) - length, default=None)


def first(fields: Mapping[str, str], aliases: Iterable[str]) -> str:
    return next((fields[alias] for alias in aliases if fields.get(alias)), "")
