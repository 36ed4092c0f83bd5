"""`flask restore-check` says whether a backup would bring everything back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conversations.db import db
from conversations.keeping import backup, restore
from conversations.keeping.restore import Finding, NotRestorable
from conversations.models import Conversation, Customer, Line
from tests.support.fresh import release, with_tables
from tests.support.stage import Stage


@pytest.fixture
def made(stage: Stage, ada: object, tmp_path: Path) -> Path:
    return backup.make(stage.config.database_url, tmp_path / "made").path


def checked(stage: Stage, file: Path) -> Result:
    url = stage.config.database_url
    server = [] if url.startswith("sqlite") else ["--server", url]
    words = ["restore-check", str(file), *server]
    return stage.app.test_cli_runner().invoke(args=words)


def test_a_whole_backup_can_be_restored(stage: Stage, made: Path) -> None:
    done = checked(stage, made)

    assert done.exit_code == 0, done.output
    assert "1 message" in done.output
    assert "The newest message is of 20" in done.output
    assert "The newest callback is of 20" in done.output
    assert "It can be restored" in done.output


def test_checking_changes_nothing(stage: Stage, made: Path) -> None:
    before = made.read_bytes()

    checked(stage, made)

    assert made.read_bytes() == before
    assert list(made.parent.iterdir()) == [made]


def test_a_backup_that_was_cut_short_is_found(stage: Stage, made: Path) -> None:
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])

    done = checked(stage, made)

    assert done.exit_code == 1
    assert done.output.rpartition("Error: ")[2].startswith("It cannot be restored")


def test_another_file_is_no_backup(stage: Stage, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Nothing to restore here.")

    done = checked(stage, other)

    assert done.exit_code == 1
    assert "neither a SQLite file nor a dump" in done.output


def spoil(statement: str) -> Callable[[Path], None]:
    def do(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return do


def put_a_log_beside_it(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"rows that are not in the file")


def scratch(path: Path) -> None:
    """As a bad disk does it: the middle of the file is something else."""
    content = bytearray(path.read_bytes())
    for page in range(4096 * 3, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (scratch, "malformed|Tree|database disk image|out of order|btree|page"),
        (spoil("DELETE FROM customer"), "refer to rows that are not there"),
        (spoil("UPDATE alembic_version SET version_num='9999'"), "not know its rev"),
        (spoil("DROP TABLE message"), "no table of messages"),
        (put_a_log_beside_it, "a database in use or a copy of one"),
    ],
)
def test_harm_is_found(
    sqlite_database: str, tmp_path: Path, harm: Callable[[Path], None], words: str
) -> None:
    with with_tables(sqlite_database).app_context():
        write_once()
    made = backup.make(sqlite_database, tmp_path / "made").path

    harm(made)

    with pytest.raises(NotRestorable, match=words):
        refuse(restore.check(made))


def write_once() -> None:
    line, customer = Line(address="+1", sender="1"), Customer(address="+2", digits="2")
    db.session.add(Conversation(line=line, customer=customer))
    db.session.commit()
    release()


def refuse(finding: Finding) -> None:
    if finding.troubles:
        raise NotRestorable("; ".join(finding.troubles))


def test_a_dump_without_a_server_is_not_called_good(
    postgres_database: str, tmp_path: Path
) -> None:
    made = backup.make(postgres_database, tmp_path / "made").path

    with pytest.raises(NotRestorable, match="--server"):
        restore.check(made)
