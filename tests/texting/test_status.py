"""Statuses: reports come late, twice and out of order, and still the truth wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.texting.status import Status, may_follow

REPORTED = [
    Status.ACCEPTED,
    Status.SENT,
    Status.DELIVERED,
    Status.UNDELIVERED,
    Status.FAILED,
]
LEAVING = [Status.QUEUED, Status.SENDING, Status.UNCONFIRMED]


def after(reports, status):
    for report in reports:
        status = report if may_follow(report, status) else status
    return status


def test_the_statuses_are_those_of_the_contract():
    assert " ".join(Status) == (
        "scheduled queued sending accepted sent delivered undelivered failed "
        "unconfirmed cancelled received noted"
    )


def test_nothing_more_is_expected_after_a_final_status():
    assert {status for status in Status if status.final} == {
        Status.DELIVERED,
        Status.UNDELIVERED,
        Status.FAILED,
        Status.CANCELLED,
        Status.RECEIVED,
        Status.NOTED,
    }


@pytest.mark.parametrize("report", REPORTED)
@pytest.mark.parametrize("status", LEAVING)
def test_a_report_settles_a_text_on_its_way(status, report):
    assert may_follow(report, status)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (Status.SENT, Status.ACCEPTED),
        (Status.DELIVERED, Status.SENT),
        (Status.UNDELIVERED, Status.SENT),
        (Status.FAILED, Status.ACCEPTED),
        (Status.DELIVERED, Status.UNDELIVERED),
        (Status.DELIVERED, Status.FAILED),
        (Status.UNDELIVERED, Status.FAILED),
    ],
)
def test_a_report_that_knows_more_wins(new, old):
    assert may_follow(new, old)
    assert not may_follow(old, new)


@pytest.mark.parametrize("report", REPORTED)
def test_a_repeated_report_changes_nothing(report):
    assert not may_follow(report, report)


@pytest.mark.parametrize("report", list(Status))
@pytest.mark.parametrize(
    "status", [Status.SCHEDULED, Status.CANCELLED, Status.RECEIVED, Status.DELIVERED]
)
def test_no_report_moves_a_text_that_did_not_leave_or_arrived(status, report):
    assert not may_follow(report, status)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("report", [s for s in Status if s not in REPORTED])
def test_no_report_takes_a_text_back(report, status):
    assert not may_follow(report, status)


@given(
    st.lists(st.sampled_from(REPORTED), min_size=1).flatmap(
        lambda reports: st.tuples(st.just(reports), st.permutations(reports * 2))
    ),
    st.sampled_from([*LEAVING, *REPORTED]),
)
def test_the_order_of_reports_does_not_matter(orders, status):
    told, told_again = orders

    assert after(told, status) == after(told_again, status)
