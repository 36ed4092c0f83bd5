"""Delivery reports: what becomes of a text, and telling whoever asked to be told.

The body is the template that Parley recommends for a callback profile; the spellings
are those of Kaleyra's "SMS Callback" page.
"""

from collections.abc import Sequence
from functools import partial

from ..account import without_plus
from ..line import PracticeLine
from ..texts import Text, utcnow
from . import callback
from .course import Course, Report


def follow(line: PracticeLine, text: Text, course: Course) -> None:
    """Let the text take its course, one report after the other."""
    if course.early:
        for report in course.reports:
            tell(line, text, report)
    else:
        wait(line, text, course, course.reports)


def wait(
    line: PracticeLine, text: Text, course: Course, reports: Sequence[Report]
) -> None:
    seconds = line.report_after if course.seconds is None else course.seconds
    if reports:
        line.later.do(seconds, partial(step, line, text, course, reports))


def step(
    line: PracticeLine, text: Text, course: Course, reports: Sequence[Report]
) -> None:
    report, *rest = reports
    if course.posted:
        tell(line, text, report)
    else:
        mark(line, text, report)
    wait(line, text, course, rest)


def tell(line: PracticeLine, text: Text, report: Report) -> None:
    mark(line, text, report)
    if asked_for := callback.asked_for(text.fields, line.hooks):
        callback.post(line, asked_for, body(text, report))


def mark(line: PracticeLine, text: Text, report: Report) -> None:
    """Kaleyra itself is never confused by the order in which it tells us."""
    if not text.final:
        line.book.mark(text, report.polled, report.trace)


def body(text: Text, report: Report) -> dict[str, str]:
    return {
        "id": text.id,
        "kid": text.id,
        "recipient": without_plus(text.customer),
        "status": report.status,
        "status_trace": report.trace,
        "description": report.description,
        "timestamp": f"{utcnow():%Y-%m-%d %H:%M:%S}",
    }
