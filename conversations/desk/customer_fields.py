"""What admins want known of every customer: the fields, and what will do in each."""

import re
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, select

from conversations.db import db, utcnow
from conversations.models import CustomerField
from conversations.texting.consent import Refusal
from conversations.words import N_

MOST = 20
LONGEST_NAME = 40
LONGEST_VALUE = 200
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


NO_NAME = Refusal("no_name", N_("Type a name of at most 40 characters."))
TAKEN = Refusal("field_taken", N_("There is a field of this name, maybe archived."))
FULL = Refusal("fields_full", N_("There are 20 fields already. Archive one first."))
NO_KIND = Refusal("no_kind", N_("Choose what the field takes."))
NO_CHOICES = Refusal("no_choices", N_("Type at least two choices, one a line."))

TOO_LONG = N_("Use at most 200 characters.")
NOT_A_NUMBER = N_("Type a number, such as 12 or 12.5.")
NOT_A_DATE = N_("Type a date, such as 2026-11-22.")
NOT_A_CHOICE = N_("Choose one from the list.")


class WrongValue(ValueError):
    """What was typed does not do in this field; the message says what would."""


def every() -> Select[CustomerField]:
    return select(CustomerField).order_by(CustomerField.id)


def in_use() -> Select[CustomerField]:
    return every().where(CustomerField.archived_at.is_(None))


def make(name: str, kind: str, choices: str) -> Refusal | None:
    if problem := fault_in(name) or unmakeable(kind, choices):
        return problem
    listed = "\n".join(listed_in(choices)) if kind == Kind.CHOICE else ""
    db.session.add(CustomerField(name=name.strip(), kind=kind, choices=listed))
    return None


def unmakeable(kind: str, choices: str) -> Refusal | None:
    if full():
        return FULL
    if kind not in list(Kind):
        return NO_KIND
    if kind == Kind.CHOICE and len(listed_in(choices)) < 2:  # noqa: PLR2004
        return NO_CHOICES
    return None


def full() -> bool:
    return len(db.session.scalars(in_use()).all()) >= MOST


def rename(field: CustomerField, name: str) -> Refusal | None:
    if problem := fault_in(name, field):
        return problem
    field.name = name.strip()
    return None


def archive(field: CustomerField) -> None:
    """Nobody is asked for it any more; what is known is kept."""
    field.archived_at = field.archived_at or utcnow()


def bring_back(field: CustomerField) -> Refusal | None:
    if field.archived_at and full():
        return FULL
    field.archived_at = None
    return None


def fault_in(name: str, but: CustomerField | None = None) -> Refusal | None:
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_NAME:
        return NO_NAME
    same = select(CustomerField).where(func.lower(CustomerField.name) == wanted.lower())
    taken = any(field is not but for field in db.session.scalars(same))
    return TAKEN if taken else None


def listed_in(choices: str) -> list[str]:
    """The choices, one a line, each once."""
    lines = (line.strip() for line in choices.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def value(field: CustomerField, typed: str) -> str:
    """What `typed` is in this field; empty is nothing. Raises `WrongValue`."""
    if not typed:
        return ""
    return MEANT[Kind(field.kind)](field, typed)


def as_text(_: CustomerField, typed: str) -> str:
    if len(typed) > LONGEST_VALUE:
        raise WrongValue(TOO_LONG)
    return typed


def as_number(_: CustomerField, typed: str) -> str:
    if not NUMBER.fullmatch(typed):
        raise WrongValue(NOT_A_NUMBER)
    return typed.replace(",", ".")


def as_date(_: CustomerField, typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise WrongValue(NOT_A_DATE) from None


def as_choice(field: CustomerField, typed: str) -> str:
    if typed not in listed_in(field.choices):
        raise WrongValue(NOT_A_CHOICE)
    return typed


MEANT = {
    Kind.TEXT: as_text,
    Kind.NUMBER: as_number,
    Kind.DATE: as_date,
    Kind.CHOICE: as_choice,
}
