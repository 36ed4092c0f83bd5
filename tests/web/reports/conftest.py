"""The week that reports are tried on."""

import pytest

from conversations.texting.status import Status
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.support.teams import agent_named
from tests.web.reports.history import Past, local, zone_of


@pytest.fixture
def march(stage: Stage, ana: Browser, ben: Browser) -> Past:
    """A week in March 2026, in Rome: a Monday and a Tuesday with texts."""
    zone_of("Ana", "Europe/Rome")
    zone_of("Ben", "Europe/Rome")
    past, ben_id = Past.begun(), agent_named("Ben").id
    past.heard(local("2026-03-01T23:59:59"))
    past.heard(local("2026-03-02T00:00"))
    past.heard(local("2026-03-02T09:20"), segments=2)
    past.wrote(local("2026-03-02T09:30"), author_id=ben_id, segments=3)
    past.wrote(local("2026-03-02T10:00"), Status.UNDELIVERED, failure_code="ABSENT-SUB")
    past.wrote(local("2026-03-02T10:00"), Status.FAILED, failure_code="opted_out")
    past.wrote(local("2026-03-03T10:00"), Status.SENT)
    past.wrote(local("2026-03-03T10:00"), Status.CANCELLED)
    for seconds in (30, 60, 600, 7200):
        past.waited(local("2026-03-03T12:00"), seconds, ben_id, first=seconds > 60)
    past.heard(local("2026-03-09T00:00"))
    return past
