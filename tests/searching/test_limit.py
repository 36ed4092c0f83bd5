"""The time limit: what takes too long is given up, and what was found is kept."""

import pytest
from sqlalchemy import text

from conversations.db import db, read_only
from conversations.desk.finding.asked import asked_for
from conversations.desk.finding.filters import Filters
from conversations.desk.finding.looking import Looking
from conversations.searching.limit import Limit, OutOfTime
from tests.searching.conftest import an_admin, index_all
from tests.support.cast import Customer
from tests.support.stage import Stage, current_app

ENDLESS = text(
    "WITH RECURSIVE n(n) AS "
    "(SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000000000) SELECT max(n) FROM n"
)


def test_what_takes_too_long_is_given_up_and_the_session_goes_on(stage: Stage) -> None:
    with stage.app.app_context():
        read_only()
        with pytest.raises(OutOfTime):
            Limit(0.1).rows(ENDLESS)

        assert Limit(1).rows(text("SELECT 7")) == [(7,)]


def test_other_errors_are_no_end_of_time(stage: Stage) -> None:
    with stage.app.app_context(), pytest.raises(Exception, match="no_such_table"):
        Limit(1).rows(text("SELECT * FROM no_such_table"))


def test_a_search_out_of_time_says_so_and_where_it_stopped(
    stage: Stage, corpus: Customer
) -> None:
    index_all(stage.app)
    newest = corpus.messages[-1].id

    with current_app().app_context():
        read_only()
        terms = asked_for("order").terms
        looking = Looking(an_admin(), terms, Filters(), Limit(0), wanted=50)
        looking.look(newest)
        db.session.remove()

    assert (looking.ids, looking.stopped, looking.reached) == ([], True, newest)
