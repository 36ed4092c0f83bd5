"""Days: as people type them, and when they begin somewhere."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

FIRST_YEAR, LAST_YEAR = 1971, 9000


def sensible(day: date) -> bool:
    """Whether it begins and ends within what the calendar can say, in every zone."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read(typed: str) -> date:
    """The day that `2026-11-22` is. Raises `ValueError` when it is none, or absurd."""
    day = date.fromisoformat(typed)
    if not sensible(day):
        raise ValueError(typed)
    return day


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins somewhere, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def beginning(typed: str, zone: tzinfo) -> datetime | None:
    """When the day that was typed begins in `zone`, in UTC; None when it is no day."""
    try:
        return midnight(read(typed), zone)
    except ValueError:
        return None


def span(
    first: date | None, last: date | None, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """When the first of some days begins and the last is over; None is left open."""
    return (
        midnight(first, zone) if first else None,
        midnight(last + timedelta(days=1), zone) if last else None,
    )
