"""Moments as ISO 8601 has them, in one zone: quickly, for an export has millions.

Within a quarter of an hour only minutes and seconds differ: no zone has changed its
clocks otherwise since there are texts. The rest is written once for each quarter.
"""

from datetime import UTC, datetime, tzinfo

QUARTER_SECONDS = 15 * 60
REMEMBERED = 50_000
CLOCK = [f":{minute:02}:{second:02}" for minute in range(60) for second in range(60)]

Quarter = tuple[str, int, str]


class Clocks:
    """Clocks in `zone`."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.quarters: dict[int, Quarter] = {}

    def show(self, at: datetime) -> str:
        """Like `at.astimezone(zone).isoformat(timespec="seconds")`."""
        quarter, seconds = divmod(int(at.timestamp()), QUARTER_SECONDS)
        known = self.quarters.get(quarter) or self.learn(quarter)
        hour, passed, offset = known
        return f"{hour}{CLOCK[passed + seconds]}{offset}"

    def learn(self, quarter: int) -> Quarter:
        if len(self.quarters) >= REMEMBERED:
            self.quarters.clear()
        at = datetime.fromtimestamp(quarter * QUARTER_SECONDS, UTC)
        local = at.astimezone(self.zone)
        hour, offset = f"{local:%Y-%m-%dT%H}", local.isoformat()[19:]
        found = hour, local.minute * 60 + local.second, offset
        self.quarters[quarter] = found
        return found
