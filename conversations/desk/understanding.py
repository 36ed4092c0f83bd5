"""How a callback is understood, for whoever looks into it; nothing is stored."""

from sqlalchemy import Select, select

from conversations.kaleyra import callbacks, names
from conversations.kaleyra.callbacks import InboundText, RawCallback, Report
from conversations.kaleyra.payload import Fields
from conversations.kaleyra.sides import first, told_apart
from conversations.models import Callback, Line
from conversations.texting import directory, journal
from conversations.texting.corrections import ReportCorrection, TextCorrection
from conversations.texting.journal import Ours, Said


def said(callback: Callback, region: str | None) -> Said:
    """What it says: as an admin corrected it, else as we read it by now."""
    ours = Ours(directory.own_numbers(), directory.only_line(), region)
    return journal.read(callback, ours)


def fields(callback: Callback) -> Fields:
    """The names and values found in it."""
    return callbacks.fields(raw(callback))


def raw(callback: Callback) -> RawCallback:
    return RawCallback(
        callback.method, callback.content_type, callback.query, bytes(callback.body)
    )


def as_text(callback: Callback, understood: Said) -> TextCorrection:
    """A beginning for whoever knows that it is a text."""
    if isinstance(understood, InboundText):
        return TextCorrection(
            understood.customer,
            understood.line,
            understood.body,
            understood.provider_id,
        )
    found = fields(callback)
    sides = told_apart(found, directory.own_numbers())
    return TextCorrection(
        customer=sides.theirs,
        line=sides.our_own or directory.only_line() or "",
        body=callbacks.body(found),
        provider_id=callbacks.text_id(found),
    )


def as_report(callback: Callback, understood: Said) -> ReportCorrection:
    """A beginning for whoever knows that it is a report."""
    if isinstance(understood, Report):
        return ReportCorrection(
            understood.reference, understood.provider_id, understood.status or ""
        )
    found = fields(callback)
    reference = journal.reference_in(callback.query) or first(found, names.REFERENCE)
    return ReportCorrection(reference, callbacks.message_id(found), "")


def our_lines() -> Select[Line]:
    """The lines that a text may have come to: all that were ever ours."""
    return select(Line).where(Line.sender != "").order_by(Line.id)
