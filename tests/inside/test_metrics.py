"""What Prometheus is told, and who else is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.inside import exposition, tally
from conversations.inside.exposition import Metric
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.models import Line, Message
from conversations.worker.sweeper import beat
from tests.support.cast import Caller, Customer, we_reply, writing
from tests.support.stage import Stage, until

Told = dict[str, float]


def told(client: FlaskClient) -> Told:
    """Every number by its name and labels, as Prometheus reads them."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(n) for name, _, n in (x.rpartition(" ") for x in lines)}


def test_an_empty_desk_has_nothing_waiting(client: FlaskClient) -> None:
    now = told(client)

    assert now["parley_database_up"] == 1
    assert now['parley_outbox_texts{status="queued"}'] == 0
    assert now["parley_journal_unread"] == 0
    assert now["parley_workers_alive"] == 0
    assert now['parley_lines{state="open"}'] == 2
    assert now["parley_database_bytes"] > 10_000


def test_what_runs_here_is_told(client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        kind = db.engine.dialect.name

    (info,) = [name for name in told(client) if name.startswith("parley_info")]

    assert f'database="{kind}"' in info
    assert 'version="unknown"' not in info


def test_texts_that_wait_are_counted_with_the_age_of_the_oldest(
    client: FlaskClient, ada: Customer
) -> None:
    for body in ("one", "two"):
        we_reply(ada, body)
    with writing():
        an_hour_ago = utcnow() - timedelta(hours=1)
        first = select(Message.id).where(Message.body == "one").scalar_subquery()
        db.session.execute(
            update(Message).where(Message.id == first).values(due_at=an_hour_ago)
        )

    now = told(client)

    assert now['parley_outbox_texts{status="queued"}'] == 2
    assert 3600 <= now["parley_outbox_oldest_due_seconds"] < 3700


def test_a_text_that_is_due_later_is_not_late(
    client: FlaskClient, ada: Customer
) -> None:
    we_reply(ada, "later")
    with writing():
        later = utcnow() + timedelta(hours=1)
        db.session.execute(
            update(Message).where(Message.body == "later").values(due_at=later)
        )

    assert told(client)["parley_outbox_oldest_due_seconds"] == 0


def test_callbacks_are_counted_until_they_are_read(
    client: FlaskClient, stage: Stage, ada: Customer, kaleyra_calls: Caller
) -> None:
    ada.texts("not read yet")
    kaleyra_calls.post("inbound", data=b"nothing to read")
    before = told(client)
    stage.read()
    after = told(client)

    assert before["parley_journal_unread"] == 2
    assert after["parley_journal_unread"] == 0
    assert after["parley_journal_odd"] == 1
    key = 'parley_latest_callbacks{address="inbound",outcome="%s"}'
    assert (after[key % "read"], after[key % "unreadable"]) == (2, 1)


def test_a_report_for_nobodys_text_is_parked(
    client: FlaskClient, stage: Stage, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.status(
        {"id": "0a:1", "status": "Delivered", "recipient": "12025550142"}
    )
    stage.read()

    assert told(client)["parley_reports_parked"] == 1


def test_calls_are_counted_by_what_came_of_them(
    client: FlaskClient, stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    before = told(client)
    we_reply(ada, "Hello")
    stage.work()
    until(lambda: stage.read() or standing(client, "delivered"))

    key = 'parley_process_calls_total{outcome="accepted",reason=""}'
    assert told(client)[key] == before.get(key, 0) + 1


def standing(client: FlaskClient, status: str) -> float:
    return told(client)[f'parley_latest_messages{{status="{status}"}}']


def test_what_nobody_knows_is_counted_with_its_reason(
    client: FlaskClient, stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.cut())
    we_reply(ada, "Hello")

    stage.work()

    now = told(client)
    assert standing(client, "unconfirmed") == 1
    failures = {name: n for name, n in now.items() if "latest_failures" in name}
    ((name, count),) = failures.items()
    assert count == 1
    assert 'status="unconfirmed"' in name


def test_lines_and_workers_are_counted(client: FlaskClient) -> None:
    with writing():
        line = db.session.scalars(select(Line)).first()
        line.pause("No money.")
        line.quiet_since = utcnow()
        beat("here:1")

    now = told(client)

    assert now['parley_lines{state="paused"}'] == 1
    assert now["parley_lines_quiet"] == 1
    assert now["parley_workers_alive"] == 1


def test_callbacks_to_this_process_are_counted(
    client: FlaskClient, ada: Customer
) -> None:
    key = 'parley_process_callbacks_total{address="inbound",code="%s"}'
    before = told(client)
    ada.texts("Hello")
    client.post("/hooks/kaleyra/inbound", json={})

    after = told(client)

    assert after[key % 200] == before[key % 200] + 1
    assert after[key % 401] == before.get(key % 401, 0) + 1


def test_from_elsewhere_there_is_no_such_page(client: FlaskClient) -> None:
    far = client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    rebound = client.get("/metrics", headers={"Host": "evil.example.com"})

    assert (far.status_code, rebound.status_code) == (404, 404)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Via", "Forwarded", "X-Real-Ip"])
def test_through_a_proxy_there_is_no_such_page(
    client: FlaskClient, header: str
) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer the-metrics-token", 200), ("Bearer wrong", 401), ("", 401)],
)
def test_with_a_token_only_the_token_counts(
    client: FlaskClient, app: Flask, given: str, status: int
) -> None:
    config = app.extensions["parley"]
    app.extensions["parley"] = replace(config, metrics_token="the-metrics-token")
    far = {"REMOTE_ADDR": "203.0.113.9"}
    headers = {"Authorization": given} if given else {}

    answer = client.get("/metrics", headers=headers, environ_base=far)

    app.extensions["parley"] = config
    assert answer.status_code == status


def test_without_a_database_the_process_still_speaks(client: FlaskClient) -> None:
    with writing():
        db.session.connection().exec_driver_sql("ALTER TABLE line RENAME TO lost")
    now = told(client)
    with writing():
        db.session.connection().exec_driver_sql("ALTER TABLE lost RENAME TO line")

    assert now["parley_database_up"] == 0
    assert now["parley_process_streams"] == 0
    assert not any(name.startswith("parley_outbox") for name in now)


def test_labels_are_quoted_as_the_format_asks() -> None:
    metric = Metric("x", 'a \\ "b"\nc', [({"l": 'a\\b"c\nd'}, 1.5)])

    assert exposition.written([metric]) == (
        '# HELP parley_x a \\\\ "b"\\nc\n'
        "# TYPE parley_x gauge\n"
        'parley_x{l="a\\\\b\\"c\\nd"} 1.5\n'
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [("UNDELIV-ABS", "UNDELIV-ABS"), ("+12025550142", "other"), (None, "other")],
)
def test_a_reason_that_could_hold_a_number_is_not_told(
    given: str | None, told: str
) -> None:
    assert tally.code(given) == told
