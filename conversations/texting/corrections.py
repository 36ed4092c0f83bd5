"""What an admin says a callback really is, kept beside what came and read instead.

A text keeps Kaleyra's time, and a report its trace, from the request itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from conversations.kaleyra import callbacks, names
from conversations.kaleyra.callbacks import InboundText, Report
from conversations.kaleyra.sides import first
from conversations.texting.status import Status

TEXT = "text"
REPORT = "report"


@dataclass(frozen=True)
class TextCorrection:
    """It is a text from `customer` to our `line`; `provider_id` may be ""."""

    customer: str
    line: str
    body: str
    provider_id: str


@dataclass(frozen=True)
class ReportCorrection:
    """It is a report about one of our texts; at least one of the ids names it."""

    reference: str
    provider_id: str
    status: str


Correction: TypeAlias = TextCorrection | ReportCorrection


def written(correction: Correction) -> str:
    kind = TEXT if isinstance(correction, TextCorrection) else REPORT
    return json.dumps({"kind": kind, **vars(correction)})


def understood(correction: str) -> Correction:
    fields: dict[str, Any] = json.loads(correction)
    kind = fields.pop("kind")
    return TextCorrection(**fields) if kind == TEXT else ReportCorrection(**fields)


def said(correction: str, fields: Mapping[str, str]) -> InboundText | Report:
    """What the callback says when it is read as the admin wants."""
    meant = understood(correction)
    if isinstance(meant, TextCorrection):
        return as_text(meant, fields)
    return as_report(meant, fields)


def as_text(meant: TextCorrection, fields: Mapping[str, str]) -> InboundText:
    return InboundText(
        customer=meant.customer,
        line=meant.line,
        body=meant.body,
        provider_id=meant.provider_id,
        provider_time=first(fields, names.TIME),
        ours_recognised=True,
    )


def as_report(meant: ReportCorrection, fields: Mapping[str, str]) -> Report:
    return Report(
        reference=meant.reference,
        provider_id=meant.provider_id,
        recipient="",
        status=Status(meant.status),
        raw_status=meant.status,
        trace=first(fields, names.TRACE),
        description=callbacks.words(fields),
        provider_time=first(fields, names.TIME),
    )
