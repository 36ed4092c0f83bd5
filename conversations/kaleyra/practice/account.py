"""Whose line it is: the key that opens it, its numbers, and where Parley listens."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urljoin

PHONE_NUMBER = re.compile(r"\+?[1-9]\d{6,14}", re.ASCII)
SPACING = re.compile(r"[\s().\-]+")


@dataclass(frozen=True)
class Account:
    """One customer of Kaleyra: a business with its two-way numbers."""

    sid: str = "PRACTICE"
    api_key: str = field(default="practice", repr=False)
    numbers: tuple[str, ...] = ("+12025550100",)

    def opens_with(self, sid: str, api_key: str) -> bool:
        return (sid, api_key) == (self.sid, self.api_key)

    def own(self, sender: str) -> str | None:
        """The number of ours that `sender` means, as we write it; with + or without."""
        ours = {without_plus(number): number for number in self.numbers}
        return ours.get(without_plus(sender.strip()))


@dataclass(frozen=True)
class Hooks:
    """Where Parley hears from Kaleyra, and the secret it expects to be shown."""

    inbound_url: str
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, parley_url: str, token: str) -> Self:
        return cls(f"{parley_url.rstrip('/')}/hooks/kaleyra/inbound", token)

    @property
    def status_url(self) -> str:
        return urljoin(self.inbound_url, "status")

    @property
    def header(self) -> dict[str, str]:
        return {"X-Hook-Token": self.token}


def without_plus(number: str) -> str:
    return number.removeprefix("+")


def phone_number(text: str) -> str | None:
    """The E.164 number somebody wrote, with its plus; None if it cannot be one."""
    number = SPACING.sub("", text)
    return f"+{without_plus(number)}" if PHONE_NUMBER.fullmatch(number) else None
