"""Times in an export are those that clocks in its zone showed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.web.exports.clocks import Clocks

ZONES = ["UTC", "Europe/Rome", "Asia/Kathmandu", "Australia/Lord_Howe", "Etc/GMT+12"]
PIECE = timedelta(minutes=7, seconds=13, milliseconds=250)


@pytest.mark.parametrize("zone", [ZoneInfo(name) for name in ZONES], ids=ZONES)
def test_every_moment_of_a_year_is_written_as_clocks_there_show_it(
    zone: ZoneInfo,
) -> None:
    clocks, at = Clocks(zone), datetime(2026, 1, 1, tzinfo=UTC)

    while at.year == 2026:
        assert clocks.show(at) == at.astimezone(zone).isoformat(timespec="seconds")
        at += PIECE
