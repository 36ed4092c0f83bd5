"""When a text may be put off to: presets and times, in both zones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.db import db
from conversations.models import Customer as CustomerRow
from conversations.web import moments
from conversations.web.showing import later
from conversations.web.showing.later import Zones
from tests.support.cast import Customer, writing
from tests.support.pages import Browser
from tests.web.putting_off import FORM, thread

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("", "Choose a date and a time."),
        ("2020-01-01T09:00", "still to come"),
        ("2090-01-01T09:00", "within a year"),
    ],
)
def test_a_time_that_will_not_do_is_refused_and_the_text_stays(
    ben: Browser, ada: Customer, at: str, sentence: str
) -> None:
    page = thread(ben, ada)
    typed = {"body": "Later", "at": at}

    page = ben.submit(page, FORM, button="Schedule for then", expect=422, **typed)

    assert sentence in page.select_one("#problem").get_text()
    assert page.select_one("#body").get_text().strip() == "Later"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("hour", "2026-11-22T15:30"),
        ("evening", "2026-11-22T18:00"),
        ("tomorrow", "2026-11-23T09:00"),
        ("monday", "2026-11-23T09:00"),
    ],
)
def test_presets_are_times_of_the_agents_zone(when: str, expected: str) -> None:
    now = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)

    moment = later.moment(when, "", now, Zones(ROME))

    assert moment
    assert moment.astimezone(ROME).isoformat()[:16] == expected


def test_this_evening_is_not_offered_in_the_evening() -> None:
    now = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)

    assert "evening" not in later.offered(now, Zones(ROME))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-25T00:15+00:00", "2026-10-25T02:30+02:00"),
        ("2026-10-25T00:45+00:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_an_hour_that_comes_twice_is_the_one_still_to_come(
    now: str, expected: str
) -> None:
    typed, at = "2026-10-25T02:30", datetime.fromisoformat(now)

    for found in (
        later.moment("at", typed, at, Zones(ROME)),
        moments.yet_to_come(typed, ROME, at),
    ):
        assert found
        assert found.isoformat(timespec="minutes") == expected


TOKYO = ZoneInfo("Asia/Tokyo")


SUNDAY = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("their_tomorrow", "2026-11-23T09:00"),
        ("their_monday", "2026-11-23T09:00"),
        ("their_at", "2026-12-24T08:15"),
    ],
)
def test_their_presets_are_times_of_the_customers_zone(
    when: str, expected: str
) -> None:
    moment = later.moment(when, "2026-12-24T08:15", SUNDAY, Zones(ROME, TOKYO))

    assert moment
    assert moment.astimezone(TOKYO).isoformat()[:16] == expected


def test_presets_are_said_in_both_zones_where_they_differ() -> None:
    said = later.offered(SUNDAY, Zones(ROME, TOKYO))

    assert said["tomorrow"] == "Tomorrow, 9:00 · Mon 17:00 for them"
    assert said["their_tomorrow"] == "Tomorrow, 9:00 their time · Mon 01:00 yours"


def test_where_it_is_the_same_time_theirs_is_not_offered() -> None:
    assert set(later.offered(SUNDAY, Zones(ROME, ZoneInfo("Europe/Berlin")))) == set(
        later.offered(SUNDAY, Zones(ROME))
    )
    assert later.moment("their_tomorrow", "", SUNDAY, Zones(ROME)) is None


def test_their_morning_stands_there_in_both_zones(ben: Browser, ada: Customer) -> None:
    in_tokyo(ada)
    page = thread(ben, ada)
    button = page.select_one("[value=their_tomorrow]").get_text()

    page = ben.submit(page, FORM, button=button, body="Ohayo")

    text = page.select_one("#scheduled").get_text()
    assert "00:00" in text
    assert "09:00 for them" in text


def in_tokyo(customer: Customer) -> None:
    with writing():
        row = db.session.get_one(CustomerRow, customer.conversation.customer_id)
        row.time_zone = "Asia/Tokyo"
