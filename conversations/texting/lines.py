"""Which numbers are ours: the lines follow the setting KALEYRA_NUMBERS."""

from collections.abc import Iterable

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import Line
from conversations.texting import phone


def sync(numbers: Iterable[str], region: str | None) -> list[Line]:
    """Make the lines what the setting says; one taken out is retired, not forgotten.

    Raises `phone.InvalidAddress` for a number that is none.
    """
    wanted = {line_address(number, region): number for number in numbers}
    known = {line.address: line for line in db.session.scalars(select(Line))}
    for address, line in known.items():
        if address not in wanted:
            line.retired_at = line.retired_at or utcnow()
    return [
        open_line(address, sender, known.get(address))
        for address, sender in wanted.items()
    ]


def open_line(address: str, sender: str, line: Line | None) -> Line:
    if line is None:
        line = Line(address=address, sender=sender)
        db.session.add(line)
    line.sender, line.retired_at = sender, None
    return line


def line_address(number: str, region: str | None) -> str:
    """How we compare one of our own numbers: E.164, or a short code's digits."""
    return phone.from_provider(number, region) or phone.parse(number, region)


def named(number: str) -> Line | None:
    """The open line that somebody means by `number`, in whatever format."""
    open_lines = db.session.scalars(select(Line).where(Line.retired_at.is_(None))).all()
    exact = [line for line in open_lines if line.address == number]
    alike = [line for line in open_lines if phone.same(line.address, number)]
    return next(iter(exact or alike), None)
