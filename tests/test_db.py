"""The database keeps what it is given, tells nobody, and speaks UTC."""

import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from app import create_app
from conversations.db import UtcDateTime, db
from conversations.models import Customer
from tests.support.cast import everything, writing
from tests.support.stage import Stage, config_for


@pytest.mark.usefixtures("stage")
def test_what_no_database_can_hold_is_replaced_and_never_an_error() -> None:
    with writing():
        db.session.add(Customer(address="+1\x00", digits="1", name="Ada \ud800"))

    (customer,) = everything(select(Customer).where(Customer.address == "+1\x00"))
    assert (customer.address, customer.name) == ("+1\ufffd", "Ada \ufffd")


def test_a_time_is_utc_whatever_zone_the_server_speaks() -> None:
    rome = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))

    read = UtcDateTime().process_result_value(rome, postgresql.dialect())

    assert read == rome
    assert read.tzinfo is UTC


def test_an_error_says_nothing_of_what_a_statement_carried(stage: Stage) -> None:
    with stage.app.app_context(), pytest.raises(DBAPIError) as caught:
        db.session.execute(text("SELECT nothing(:body)"), {"body": "my secret"})

    assert "my secret" not in str(caught.value)


def test_the_file_and_its_folder_are_for_us_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "parley.db"

    create_app(config_for(f"sqlite:///{file}", 1, 2))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("engine", [None, "reader"])
def test_every_sqlite_connection_waits_syncs_and_checks(
    tmp_path: Path, engine: str | None
) -> None:
    app = create_app(config_for(f"sqlite:///{tmp_path / 'parley.db'}", 1, 2))
    with app.app_context(), db.engines[engine].connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("busy_timeout", "journal_mode", "synchronous", "foreign_keys")
        }
        writable = not connection.exec_driver_sql("PRAGMA query_only").scalar()

    assert pragmas == {
        "busy_timeout": 3 if engine is None else 10_000,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
    }
    assert writable is (engine is None)
