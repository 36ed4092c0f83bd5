"""Faults of the reports: the text is taken, but news of it goes astray."""

from ..callbacks import course as news
from ..callbacks.course import DELIVERED, SENT, Course
from .fault import Fault


def late(seconds: float = 30) -> Fault:
    return Fault("late", course=Course((SENT, DELIVERED), seconds))


def doubled() -> Fault:
    return Fault("doubled", course=Course((SENT, SENT, DELIVERED, DELIVERED)))


def reordered() -> Fault:
    return Fault("reordered", course=Course((DELIVERED, SENT)))


def early() -> Fault:
    """The reports arrive before the send itself has been answered."""
    return Fault("early", course=Course((SENT, DELIVERED), early=True))


def silent() -> Fault:
    """Nobody is told; the status API knows all the same."""
    return Fault("silent", course=Course((SENT, DELIVERED), posted=False))


def only_sent() -> Fault:
    """The operator took it and says no more, as is usual on some routes."""
    return Fault("only_sent", course=Course((SENT,)))


def undelivered(trace: str = "ABSENT-SUB") -> Fault:
    return Fault("undelivered", course=Course((SENT, news.undelivered(trace))))


def opted_out(trace: str = "OPT-OUT") -> Fault:
    return Fault("opted_out", course=Course((news.not_sent(trace),)))
