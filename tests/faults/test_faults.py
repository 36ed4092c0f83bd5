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


def survived(name: str, here: Databases) -> None:
    found = finding(MATRIX[name], here, quick=True)
    assert found.kept, found
