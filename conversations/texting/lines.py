"""Which numbers are ours: the lines follow the setting KALEYRA_NUMBERS."""

from collections.abc import Iterable

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import Line
from conversations.texting import directory, phone


def sync(numbers: Iterable[str], region: str | None) -> list[Line]:
    """Make the lines what the setting says; one taken out is retired, not forgotten.

    No numbers at all is a setting that somebody forgot, on one host perhaps: the lines
    stay as they are. Several processes may do this at once. Raises
    `phone.InvalidAddress` for a number that is none.
    """
    wanted = {line_address(number, region): number for number in numbers}
    if not wanted:
        return []
    directory.line_ids(wanted)
    known = db.session.scalars(select(Line).order_by(Line.id)).all()
    for line in known:
        if line.address in wanted:
            line.sender, line.retired_at = wanted[line.address], None
        else:
            line.retired_at = line.retired_at or utcnow()
    return [line for line in known if line.address in wanted]


def line_address(number: str, region: str | None) -> str:
    """How we compare one of our own numbers: E.164, or a short code's digits."""
    address = phone.from_provider(number, region) or ""
    return address if phone.textable(address) else phone.parse(number, region)


def named(number: str) -> Line | None:
    """The open line that somebody means by `number`, in whatever format."""
    open_lines = db.session.scalars(select(Line).where(Line.retired_at.is_(None))).all()
    exact = [line for line in open_lines if line.address == number]
    alike = [line for line in open_lines if phone.same(line.address, number)]
    return next(iter(exact or alike), None)
