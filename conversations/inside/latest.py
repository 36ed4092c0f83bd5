"""What became of the latest messages and callbacks, whichever process dealt with them.

Only the last `LATEST` rows are looked at: enough to see that something is going wrong.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from conversations.inside.counting import groups
from conversations.inside.exposition import Metric
from conversations.inside.tally import OTHER, code
from conversations.models import Callback, Message
from conversations.texting.status import Status

LATEST = 1_000
REASONS = 20
FAILED = (Status.FAILED, Status.UNDELIVERED, Status.UNCONFIRMED)

Failures = Iterable[tuple[str, str | None, int]]


def latest() -> Iterator[Metric]:
    yield from messages()
    yield callbacks()


def messages() -> Iterator[Metric]:
    """One look at the latest messages tells how they stand and why some failed."""
    rows = select(Message.status, Message.failure_code).order_by(Message.id.desc())
    late = rows.limit(LATEST).subquery()
    by = (late.c.status, late.c.failure_code)
    found = [(status, reason, n) for status, reason, n in groups(select(*by), *by)]
    stand: dict[str, int] = dict.fromkeys(Status, 0)
    for status, _, n in found:
        stand[status] += n
    yield Metric(
        "latest_messages",
        f"The latest {LATEST} messages, by where they stand.",
        [({"status": status}, n) for status, n in stand.items()],
    )
    yield failures((status, reason, n) for status, reason, n in found)


def failures(found: Failures) -> Metric:
    failed = [group for group in found if group[0] in FAILED]
    return Metric(
        "latest_failures",
        f"Those of the latest {LATEST} messages that did not surely arrive, by reason.",
        [
            ({"status": status, "reason": reason}, n)
            for (status, reason), n in by_reason(failed).items()
        ],
    )


def by_reason(failed: Failures) -> dict[tuple[str, str], int]:
    """The commonest reasons by name, all others together."""
    found: dict[tuple[str, str], int] = {}
    for status, given, n in sorted(failed, key=lambda group: -group[2]):
        key = (status, code(given) if len(found) < REASONS else OTHER)
        found[key] = found.get(key, 0) + n
    return found


def callbacks() -> Metric:
    rows = select(Callback.address, Callback.outcome).order_by(Callback.id.desc())
    late = rows.limit(LATEST).subquery()
    by = (late.c.address, late.c.outcome)
    return Metric(
        "latest_callbacks",
        f"The latest {LATEST} callbacks, by what reading them came to.",
        [
            ({"address": address, "outcome": outcome}, n)
            for address, outcome, n in groups(select(*by), *by)
        ],
    )
