"""Times that people type: local, in the agent's zone."""

from datetime import datetime, timedelta, tzinfo

LONGEST = timedelta(days=2 * 365)


def yet_to_come(typed: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The time that `2026-11-23T09:00` is in `zone`; None when it is over, or none."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        return None
    at = local.replace(tzinfo=zone)
    return at if now < at < now + LONGEST else None
