"""Times that people type: local, in the agent's zone, and yet to come."""

from datetime import date, datetime, timedelta, tzinfo

LONGEST = timedelta(days=2 * 365)
FIRST_YEAR, LAST_YEAR = 1971, 9000


def yet_to_come(typed: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The time that `2026-11-23T09:00` is in `zone`; None when it is over, or none."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        return None
    at = local.replace(tzinfo=zone)
    return at if now < at < now + LONGEST else None


def sensible(day: date) -> bool:
    """Whether it begins and ends within what the calendar can say, in every zone."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
