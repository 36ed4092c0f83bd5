"""The reports a text gets on its way, in the order they arrive."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """One piece of news; callbacks and the status API spell the same status apart."""

    status: str
    trace: str
    description: str
    polled: str


@dataclass(frozen=True)
class Course:
    """Which reports, how many seconds apart, and whether anybody is told of them.

    With no `seconds` the line's own pace is kept. `early` reports are posted before the
    send itself is answered.
    """

    reports: tuple[Report, ...]
    seconds: float | None = None
    posted: bool = True
    early: bool = False


SENT = Report("Sent", "SENT", "Message has been sent", "Sent")
DELIVERED = Report("Delivered", "DELIVERED", "Message has been delivered", "Delivered")

USUAL = Course((SENT, DELIVERED))


def undelivered(trace: str) -> Report:
    return Report("Undelivered", trace, "Message was not delivered", "UnDelivered")


def not_sent(trace: str) -> Report:
    return Report("NotSent", trace, "Message was not sent", "NotSent")
