"""Nothing is lost and nothing sent twice: `make faults` in short, on both databases."""

from collections.abc import Iterator

import pytest

from bench.databases import POSTGRESQL, SQLITE, Databases, databases
from faults.matrix import MATRIX
from faults.trial import finding

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Databases that keep what they commit, on a server that may be crashed."""
    with databases(request.param) as here:
        yield here


def test_kill_of_everything_under_load_loses_and_doubles_nothing(
    database: Databases,
) -> None:
    survived("everything-killed", database)


def test_a_worker_killed_before_it_wrote_the_answer_never_has_the_call_repeated(
    database: Databases,
) -> None:
    survived("killed-before-the-result-is-written", database)


def test_answers_that_say_nothing_leave_texts_unconfirmed_and_called_once(
    database: Databases,
) -> None:
    survived("answers-in-doubt", database)


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_a_stop_at_work_cuts_nothing_off(database: Databases) -> None:
    survived("stopped-at-work", database)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_a_crash_of_postgresql_loses_nothing(database: Databases) -> None:
    survived("postgresql-restarted", database)


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_a_gateway_that_gives_up_leaves_texts_unconfirmed_and_called_once(
    database: Databases,
) -> None:
    survived("gateway-times-out", database)


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_nothing_is_said_to_somebody_whose_certificate_is_not_trusted(
    database: Databases,
) -> None:
    survived("certificate-untrusted", database)


@pytest.mark.parametrize("name", ["kaleyra-throttles", "key-rejected", "text-refused"])
@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_whatever_kaleyra_refuses_goes_once_or_fails_with_its_reason(
    database: Databases, name: str
) -> None:
    survived(name, database)


@pytest.mark.parametrize("name", ["reports-confused", "reports-for-unknown-texts"])
@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_reports_in_any_order_come_to_the_same(database: Databases, name: str) -> None:
    survived(name, database)


@pytest.mark.parametrize("name", ["same-text-in-a-crowd", "same-order-in-a-crowd"])
@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_fifty_at_once_are_one(database: Databases, name: str) -> None:
    survived(name, database)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_one_press_of_an_agents_is_one_text_however_often_it_comes(
    database: Databases,
) -> None:
    survived("reply-pressed-again", database)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_poison_harms_nobody(database: Databases) -> None:
    survived("poison-bodies", database)


def survived(name: str, here: Databases) -> None:
    found = finding(MATRIX[name], here, quick=True)
    assert found.kept, found
