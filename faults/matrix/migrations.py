"""Migrations that break off, that rebuild full tables, and that many make at once."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect

from conversations import schema
from conversations.config import ROOT
from faults.fault import fault
from faults.matrix.provider import order
from faults.scene import Scene
from faults.seeds import past_texts
from tests.support.fresh import add_migration, another_home, copied_migrations

TEXTS = 10_000
FEW = 4
AT_ONCE = 3
PARENTS = ("customer", "line", "conversation")
INBOUND = "SELECT count(*) FROM message WHERE direction = 'inbound'"
REFUSES = "Parley cannot start: "

# It has changed tables and thrown away all texts when it breaks.
HALFWAY = """
    op.create_table("half", sa.Column("id", sa.Integer()))
    op.add_column("line", sa.Column("half", sa.String()))
    op.execute("UPDATE message SET body = 'spoilt'")
    raise ValueError("the second half is missing")
"""
# SQLite can only rebuild a table to make a column one that must have a value.
WITH_DATA = f"""
    for parent in {PARENTS}:
        with op.batch_alter_table(parent) as batch:
            batch.add_column(sa.Column("added", sa.String()))
        op.execute(f"UPDATE {{parent}} SET added = 'x'")
        with op.batch_alter_table(parent) as batch:
            batch.alter_column("added", nullable=False, server_default="x")
"""
ONCE = """
    op.create_table("once", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO once VALUES (1)")
    op.execute("UPDATE message SET body = body")
"""


@fault()
def migration_fails(scene: Scene) -> None:
    """A migration breaks half-way while the old version works"""
    before = shape(scene)
    with next_version(HALFWAY) as folder:
        with scene.parley.serving():
            with scene.load.going():
                time.sleep(scene.seconds(4, 1))
                (done,) = migrated(scene, folder)
                scene.expect(done, "a migration that breaks ended well")
                time.sleep(scene.seconds(4, 1))
            scene.settle()
        scene.expect(shape(scene) == before, "the tables are not as they were")
        scene.expect(refused(scene, folder), "it did not refuse in one line")
    with scene.parley.serving():
        scene.settle()


@fault()
def migration_rebuilds_full_tables(scene: Scene) -> None:
    """A migration rebuilds the tables that 10,000 texts belong to, others waiting"""
    with scene.parley.serving():
        scene.load.write(1)
        scene.settle()
    past_texts(scene.engine, int(scene.seconds(TEXTS, TEXTS // 10)))
    there = scene.asked(INBOUND)
    with scene.web_alone():
        order(scene, FEW)
    with next_version(WITH_DATA) as folder:
        (done,) = migrated(scene, folder)
        scene.expect(not done, "it failed")
        scene.expect(scene.asked(INBOUND) == there, "texts went with their parents")
        go_back(scene, folder)
    del scene.parley.env["WORKER"]
    with scene.parley.serving(), scene.load.going():
        time.sleep(scene.seconds(4, 1))
    with scene.parley.serving():
        scene.settle()


@fault()
def migrations_at_once(scene: Scene) -> None:
    """Three processes migrate at once while the old version works"""
    with next_version(ONCE) as folder, scene.parley.serving():
        with scene.load.going():
            time.sleep(1)
            ends = migrated(scene, folder, AT_ONCE)
            time.sleep(scene.seconds(4, 1))
        scene.settle()
        scene.expect(ends == [0] * AT_ONCE, f"they ended with {ends}")
        scene.expect(scene.asked("SELECT count(*) FROM once") == [(1,)], "not once")
        go_back(scene, folder)


@contextmanager
def next_version(upgrade: str) -> Iterator[Path]:
    """The migrations of a version to come, with this one at the end."""
    with TemporaryDirectory(prefix="parley-migrations-") as folder:
        migrations = copied_migrations(Path(folder))
        add_migration(migrations, upgrade)
        yield migrations


def migrated(scene: Scene, folder: Path, times: int = 1) -> list[int]:
    """`flask db upgrade` in this many processes at once; how they ended."""
    command = [sys.executable, "-m", "flask", "db", "upgrade", "-d", str(folder)]
    with_it = {"cwd": ROOT, "env": scene.parley.env, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, **with_it) for _ in range(times)]  # type: ignore[call-overload]
    return [each.wait(120) for each in running]


def go_back(scene: Scene, folder: Path) -> None:
    """To the version that runs here; the new one only added."""
    scene.parley.flask("db", "downgrade", "-d", str(folder), str(schema.newest()))


def refused(scene: Scene, folder: Path) -> bool:
    """Whether the version with these migrations refuses to start, in one line."""
    with TemporaryDirectory(prefix="parley-home-") as place:
        done = subprocess.run(
            [sys.executable, "app.py", "--first-run"],
            cwd=another_home(Path(place), folder),
            env=scene.parley.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    said = done.stderr.splitlines()
    return done.returncode == 1 and len(said) == 1 and said[0].startswith(REFUSES)


def shape(scene: Scene) -> dict[str, list[str]]:
    """Every table with its columns and indexes, and the revision it says it has."""
    scene.engine.dispose()
    found = inspect(scene.engine)
    tables = {
        table: [f"{each['name']} {each['type']}" for each in found.get_columns(table)]
        + sorted(str(index["name"]) for index in found.get_indexes(table))
        for table in found.get_table_names()
    }
    versions = scene.asked("SELECT version_num FROM alembic_version")
    return tables | {"": [str(version) for version in versions]}


MIGRATIONS = (migration_fails, migration_rebuilds_full_tables, migrations_at_once)
