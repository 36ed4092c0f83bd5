"""Hearing what became of our texts: delivery reports move their status forward.

Reports come late, twice, in any order, before the send's own answer, and for texts we
do not know. Each is kept; one whose text is unknown is parked until the text is known.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

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

PARKED_FOR = timedelta(days=2)
SWEEP_SIZE = 500
NO_CALLBACK = 0

UNKNOWN_TEXT = N_("A report for a text we do not know (yet).")
UNKNOWN_STATUS = N_(
    "Kaleyra used a status we do not know; the text keeps the one it had."
)


def take_in(told: Sequence[Told]) -> list[Outcome]:
    """Keep these reports and let them move the texts they speak of."""
    if not told:
        return []
    spoken_of = texts_of([entry.said for entry in told])
    rows = [report_row(e, id) for e, id in zip(told, spoken_of, strict=True)]
    db.session.execute(insert(DeliveryReport), rows)
    settling.apply(
        news_in(entry.said, id, entry.received_at)
        for entry, id in zip(told, spoken_of, strict=True)
        if id
    )
    return [outcome(e, id) for e, id in zip(told, spoken_of, strict=True)]


def hear(said: Sequence[Report], at: datetime) -> None:
    """Take in what Kaleyra answered when it was asked after our texts."""
    told = [Entry(NO_CALLBACK, at, report) for report in said]
    thread.hold(conversations_of(told))
    take_in(told)


def match_parked() -> int:
    """Apply parked reports whose text has become known; how many."""
    parked = db.session.scalars(recently_parked()).all()[::-1]
    said = [report_in(row) for row in parked]
    found = [
        (row, report, id)
        for row, report, id in zip(parked, said, texts_of(said), strict=True)
        if id
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


def conversations_of(told: Sequence[Told]) -> set[int]:
    """The conversations whose texts these reports speak of, as far as we know them."""
    texts = texts_of([entry.said for entry in told])
    return settling.conversations_of({id for id in texts if id})


def texts_of(reports: Sequence[Report]) -> list[int | None]:
    """The message each report speaks of: by our reference, else by Kaleyra's ids.

    One call carries one recipient, so the batch id alone names the text too.
    """
    references = ids_by(Message.reference, [r.reference for r in reports])
    provider_ids = ids_by(Message.provider_id, [r.provider_id for r in reports])
    batch_ids = ids_by(Message.batch_id, [batch_of(r.provider_id) for r in reports])
    return [
        references.get(report.reference)
        or provider_ids.get(report.provider_id)
        or batch_ids.get(batch_of(report.provider_id))
        for report in reports
    ]


def ids_by(
    column: InstrumentedAttribute[str | None], values: Sequence[str]
) -> dict[str | None, int]:
    wanted = sorted({value for value in values if value})
    if not wanted:
        return {}
    query = select(column, Message.id).where(
        among(column, wanted), Message.direction == OUTBOUND
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def batch_of(provider_id: str) -> str:
    """`uuid:1` is the first recipient of the batch `uuid` (Send Your First SMS, 3)."""
    return provider_id.partition(":")[0]


def report_row(entry: Told, message_id: int | None) -> dict[str, object]:
    said = entry.said
    return {
        "message_id": message_id,
        "callback_id": entry.callback_id or None,
        "received_at": entry.received_at,
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


def outcome(entry: Told, message_id: int | None) -> Outcome:
    """What to write beside the callback in the journal."""
    if message_id is None:
        return Outcome(entry.callback_id, Kind.PARKED, UNKNOWN_TEXT)
    if entry.said.status is None:
        return Outcome(entry.callback_id, Kind.ODD, UNKNOWN_STATUS, message_id)
    return Outcome(entry.callback_id, Kind.READ, None, message_id)
