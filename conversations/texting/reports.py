"""Hearing what became of our texts: delivery reports move their status forward.

Reports come late, twice, in any order, before the send's own answer, and for texts we
do not know. Each is kept; one whose text is unknown is parked until the text is known.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from conversations.db import db, utcnow
from conversations.kaleyra import vocabulary
from conversations.kaleyra.callbacks import Report
from conversations.many import among
from conversations.models import DeliveryReport, Message
from conversations.models.message import OUTBOUND
from conversations.texting import settling, thread
from conversations.texting.outcome import Entry, Kind, Outcome
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.words import N_

Told = Entry[Report]


class Text(NamedTuple):
    """One of our texts, and the conversation it stands in."""

    id: int
    conversation_id: int


@dataclass(frozen=True)
class Matched:
    """A report that was told, with the text it speaks of if we know that."""

    told: Told
    text: Text | None


PARKED_FOR = timedelta(days=2)
SWEEP_SIZE = 500
NO_CALLBACK = 0

UNKNOWN_TEXT = N_("A report for a text we do not know (yet).")
UNKNOWN_STATUS = N_(
    "Kaleyra used a status we do not know; the text keeps the one it had."
)


def matched(told: Sequence[Told]) -> list[Matched]:
    """Each report with its text."""
    texts = texts_of([entry.said for entry in told])
    return [Matched(*pair) for pair in zip(told, texts, strict=True)]


def conversations_of(reports: Iterable[Matched]) -> set[int]:
    """The conversations whose texts these reports speak of, as far as we know them."""
    return {report.text.conversation_id for report in reports if report.text}


def take_in(reports: Sequence[Matched]) -> list[Outcome]:
    """Keep these reports and let them move the texts they speak of."""
    if not reports:
        return []
    db.session.execute(insert(DeliveryReport), list(map(report_row, reports)))
    settling.apply(
        news_in(report.told.said, report.text.id, report.told.received_at)
        for report in reports
        if report.text
    )
    return list(map(outcome, reports))


def hear(said: Sequence[Report], at: datetime) -> None:
    """Take in what Kaleyra answered when it was asked after our texts."""
    reports = matched([Entry(NO_CALLBACK, at, report) for report in said])
    thread.hold(conversations_of(reports))
    take_in(reports)


def match_parked() -> int:
    """Apply parked reports whose text has become known; how many."""
    parked = db.session.scalars(recently_parked()).all()[::-1]
    said = [report_in(row) for row in parked]
    found = [
        (row, report, known.id)
        for row, report, known in zip(parked, said, texts_of(said), strict=True)
        if known
    ]
    for row, _, message_id in found:
        row.message_id = message_id
    settling.apply(news_in(report, id, row.received_at) for row, report, id in found)
    return len(found)


def recently_parked() -> Select[DeliveryReport]:
    return (
        select(DeliveryReport)
        .where(
            DeliveryReport.message_id.is_(None),
            DeliveryReport.received_at > utcnow() - PARKED_FOR,
        )
        .order_by(DeliveryReport.id.desc())
        .limit(SWEEP_SIZE)
    )


def texts_of(reports: Sequence[Report]) -> list[Text | None]:
    """The text each report speaks of: by our reference, else by Kaleyra's ids.

    One call carries one recipient, so the batch id alone names the text too.
    """
    found: list[Text | None] = [None] * len(reports)
    for column, value in NAMED_BY:
        missing = [place for place, text in enumerate(found) if text is None]
        names = {place: value(reports[place]) for place in missing}
        known = texts_by(column, names.values())
        for place, name in names.items():
            found[place] = known.get(name)
    return found


def texts_by(
    column: InstrumentedAttribute[str | None], names: Iterable[str]
) -> dict[str | None, Text]:
    wanted = sorted({name for name in names if name})
    if not wanted:
        return {}
    query = select(column, Message.id, Message.conversation_id).where(
        among(column, wanted), Message.direction == OUTBOUND
    )
    return {row[0]: Text(row[1], row[2]) for row in db.session.execute(query)}


def batch_of(provider_id: str) -> str:
    """`uuid:1` is the first recipient of the batch `uuid` (Send Your First SMS, 3)."""
    return provider_id.partition(":")[0]


NAMED_BY: tuple[tuple[InstrumentedAttribute[str | None], Callable[[Report], str]], ...]
NAMED_BY = (
    (Message.reference, lambda report: report.reference),
    (Message.provider_id, lambda report: report.provider_id),
    (Message.batch_id, lambda report: batch_of(report.provider_id)),
)


def report_row(report: Matched) -> dict[str, object]:
    told, said = report.told, report.told.said
    return {
        "message_id": report.text and report.text.id,
        "callback_id": told.callback_id or None,
        "received_at": told.received_at,
        "reference": said.reference,
        "provider_id": said.provider_id,
        "batch_id": batch_of(said.provider_id),
        "recipient": said.recipient,
        "status": said.status,
        "raw_status": said.raw_status,
        "trace": said.trace,
        "description": said.description,
        "provider_time": said.provider_time,
    }


def report_in(row: DeliveryReport) -> Report:
    """The report that `report_row` wrote down."""
    return Report(
        reference=row.reference,
        provider_id=row.provider_id,
        recipient=row.recipient,
        status=Status(row.status) if row.status else None,
        raw_status=row.raw_status,
        trace=row.trace,
        description=row.description,
        provider_time=row.provider_time,
    )


def news_in(report: Report, message_id: int, at: datetime) -> News:
    """What a report means for the text, failures in words an agent understands."""
    bad = report.status in (Status.UNDELIVERED, Status.FAILED)
    trace = vocabulary.explain(report.trace, report.description)
    return News(
        message_id=message_id,
        status=report.status,
        at=at,
        failure_code=(report.trace or report.raw_status) if bad else None,
        failure_text=trace.sentence if bad else None,
        opted_out=trace.opted_out,
    )


def outcome(report: Matched) -> Outcome:
    """What to write beside the callback in the journal."""
    callback_id = report.told.callback_id
    if report.text is None:
        return Outcome(callback_id, Kind.PARKED, UNKNOWN_TEXT)
    if report.told.said.status is None:
        return Outcome(callback_id, Kind.ODD, UNKNOWN_STATUS, report.text.id)
    return Outcome(callback_id, Kind.READ, None, report.text.id)
