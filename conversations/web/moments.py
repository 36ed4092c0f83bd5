"""Times that people type: local, in the agent's zone."""

from datetime import datetime, timedelta, tzinfo

LONGEST = timedelta(days=2 * 365)


def yet_to_come(typed: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The time that `2026-11-23T09:00` is in `zone`; None when it is over, or none."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        return None
    at = still_ahead(local.replace(tzinfo=zone), now)
    return at if now < at < now + LONGEST else None


def still_ahead(at: datetime, now: datetime) -> datetime:
    """Where clocks are put back an hour comes twice: the second, if only that is."""
    return at if at > now else at.replace(fold=1)
