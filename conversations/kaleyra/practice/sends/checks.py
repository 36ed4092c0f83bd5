"""What Kaleyra refuses to send, and the words in which it does.

E401 and the shape of a failure are documented in "Send Your First SMS", 3. Response
Format; the short shape for a bad number is what clients of the API have met. The rest
is our reading of the parameter table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..account import Account, phone_number
from ..callbacks import callback

LONGEST_BODY = 4000
LONGEST_REFERENCE = 50
MOST_RECIPIENTS = 100
REFERENCES = ("ref", "ref1", "ref2")

TOO_LONG = "SMS length is exceeding 4000 characters."


@dataclass(frozen=True)
class Refusal:
    """Why a text was not taken: the parameter at fault, and what is wrong with it."""

    field: str
    text: str
    code: str = "400"
    status: int = 400

    def words(self) -> dict[str, Any]:
        if self.field == "to":
            return {"error": {self.field: self.text}}
        error = {self.field: self.text}
        return {"code": self.code, "message": self.text, "error": error}


def refusal(fields: Mapping[str, str], account: Account) -> Refusal | None:
    """The first thing wrong with a send; None if nothing is."""
    return next(refusals(fields, account), None)


def refusals(fields: Mapping[str, str], account: Account) -> Iterator[Refusal]:
    yield from missing(fields)
    if len(fields["body"]) > LONGEST_BODY:
        yield Refusal("body", TOO_LONG, "E401")
    if account.own(fields["sender"]) is None:
        yield Refusal("sender", "Sender ID is not allotted to this account.")
    yield from bad_recipients(fields["to"])
    for name in REFERENCES:
        if len(fields.get(name, "")) > LONGEST_REFERENCE:
            yield Refusal(name, f"{name} is exceeding {LONGEST_REFERENCE} characters.")
    if fields.get("callback") and callback.parsed(fields["callback"]) is None:
        yield Refusal("callback", "Invalid callback.")


def missing(fields: Mapping[str, str]) -> Iterator[Refusal]:
    for name in ("to", "sender", "body"):
        if not fields.get(name, "").strip():
            yield Refusal(name, f"{name} is required.")


def bad_recipients(to: str) -> Iterator[Refusal]:
    numbers = recipients(to)
    if len(numbers) > MOST_RECIPIENTS:
        yield Refusal("to", "More than 100 recipients.")
    if not all(map(phone_number, numbers)):
        yield Refusal("to", "Invalid number")


def recipients(to: str) -> list[str]:
    return to.split(",")
