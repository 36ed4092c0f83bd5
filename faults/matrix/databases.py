"""The database restarted, away, locked, or on a disk that is full."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from bench.databases import POSTGRESQL, SQLITE, Server
from conversations.engines import database_url
from faults.fault import Skipped, fault
from faults.holds import sqlite_lock
from faults.scene import Scene, wait
from tests.support.postgres import PostgresServer

UNAVAILABLE = 503
RECOVERED_SECONDS = 5.0
SHORT_LOCK, LONG_LOCK = 8.0, 30.0
DISK_MB = 32
CHUNK = b"\0" * 1024 * 256


@fault(only=POSTGRESQL, explains={"interrupted"})
def postgresql_restarted(scene: Scene) -> None:
    """PostgreSQL restarted with -m immediate, three times under load"""
    server = server_of(scene)
    with scene.parley.serving():
        with scene.load.going():
            for _ in range(3):
                time.sleep(scene.seconds(5, 1.5))
                server.crash()
                server.come_back()
                scene.expect(
                    wait(lambda: ready(scene)) < RECOVERED_SECONDS,
                    "not ready 5 s after PostgreSQL was",
                )
        scene.settle()


@fault(only=POSTGRESQL, explains={"interrupted"})
def postgresql_away(scene: Scene) -> None:
    """PostgreSQL away for 60 s under load"""
    server = server_of(scene)
    with scene.parley.serving():
        with scene.load.going():
            time.sleep(2)
            server.crash()
            try:
                unready = wait(lambda: answer(scene, "/readyz") == UNAVAILABLE)
                scene.expect(unready < RECOVERED_SECONDS, "said to be ready")
                scene.expect(answer(scene, "/healthz") == 200, "said to be dead")
                time.sleep(scene.seconds(60, 3))
            finally:
                server.come_back()
        scene.settle()


@fault(only=SQLITE)
def sqlite_locked_shortly(scene: Scene) -> None:
    """SQLite's file locked by another program for 8 s"""
    lock_for(scene, SHORT_LOCK)
    scene.expect(not refused(scene), "somebody was turned away")


@fault(only=SQLITE, explains={"interrupted"})
def sqlite_locked_long(scene: Scene) -> None:
    """SQLite's file locked by another program for 30 s"""
    lock_for(scene, scene.seconds(LONG_LOCK, 14))
    scene.expect(refused(scene), "nobody was told to come again")


def lock_for(scene: Scene, seconds: float) -> None:
    path = str(make_url(scene.url).database)
    with scene.parley.serving():
        with scene.load.going():
            time.sleep(1)
            with sqlite_lock(path):
                time.sleep(seconds)
            time.sleep(1)
        scene.settle()


def refused(scene: Scene) -> int:
    return scene.load.promises.answers[UNAVAILABLE]


@fault(only=SQLITE, explains={"interrupted"})
def disk_full(scene: Scene) -> None:
    """The disk full under load, then not"""
    home = Path(str(make_url(scene.url).database)).parent
    with small_disk() as folder:
        move(scene, folder)
        with scene.parley.serving():
            with scene.load.going():
                time.sleep(1)
                fill(folder / "filler")
                wait(lambda: refused(scene) > 0)
                page = requests.get(
                    f"{scene.parley.url}/api/v1/conversations",
                    headers=scene.load.authority,
                    timeout=20,
                )
                scene.expect(page.status_code == 200, "nothing could be read")
                time.sleep(scene.seconds(10, 2))
                (folder / "filler").unlink()
            scene.settle()
        scene.expect(scene.asked("PRAGMA integrity_check") == [("ok",)], "corrupt")
        move(scene, home)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own, as small as this; only root can make one."""
    with TemporaryDirectory(prefix="parley-disk-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", folder]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            raise Skipped("only root can mount a small disk")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def move(scene: Scene, folder: Path) -> None:
    """Let the SQLite file lie in this folder from now on."""
    scene.engine.dispose()
    path = Path(str(make_url(scene.url).database))
    moved = folder / f"moved-{path.name}"
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{path}{suffix}").exists():
            shutil.copy(f"{path}{suffix}", f"{moved}{suffix}")
    scene.url = scene.parley.env["DATABASE_URL"] = f"sqlite:///{moved}"
    scene.engine = create_engine(database_url(scene.url))


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(CHUNK):
                pass
        except OSError:
            return


def server_of(scene: Scene) -> PostgresServer:
    databases = scene.databases
    assert isinstance(databases, Server)
    if not databases.server.ours:
        raise Skipped("the server of TEST_DATABASE_URL is not ours to stop")
    return databases.server


def ready(scene: Scene) -> bool:
    return answer(scene, "/readyz") == 200


def answer(scene: Scene, path: str) -> int:
    return requests.get(scene.parley.url + path, timeout=30).status_code


DATABASES = (
    postgresql_restarted,
    postgresql_away,
    sqlite_locked_shortly,
    sqlite_locked_long,
    disk_full,
)
