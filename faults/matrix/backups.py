"""Backups made while everything goes on, and backups that are killed."""

import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, text

from bench.databases import SQLITE
from bench.serving import Program, program
from conversations.keeping import dumps, restore, sqlite_file
from conversations.keeping.restore import NotRestorable
from faults.fault import fault
from faults.scene import Scene, wait
from faults.seeds import past_texts

TEXTS = 30_000
WORDS = " and so on" * 30
HEARD = "SELECT body FROM callback WHERE address = 'inbound'"
ORDERED = "SELECT id FROM message WHERE direction = 'outbound'"


class Promised(NamedTuple):
    """What had been acknowledged at some moment: bodies heard, ids ordered."""

    heard: set[str]
    queued: set[int]

    @classmethod
    def now(cls, scene: Scene) -> "Promised":
        promises = scene.load.promises
        return cls(set(promises.heard.copy()), set(promises.queued.copy()))

    def kept_in(self, there: Connection) -> bool:
        heard = {str(json.loads(body)["message"]) for (body,) in rows(there, HEARD)}
        queued = {int(str(id)) for (id,) in rows(there, ORDERED)}
        return self.heard <= heard and self.queued <= queued


def rows(there: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in there.execute(text(query))]


@fault(explains={"interrupted"})
def backup_under_load(scene: Scene) -> None:
    """A backup while everything is killed and started again, restored and compared"""
    acked: dict[Path, Promised] = {}
    with (
        folder_of_backups() as folder,
        ThreadPoolExecutor(1) as operator,
        ExitStack() as stack,
    ):
        with scene.load.going():
            for number in range(int(scene.seconds(6, 1))):
                path = folder / f"{number}.backup"
                with scene.parley.serving() as running:
                    time.sleep(1)
                    acked[path] = Promised.now(scene)
                    done = operator.submit(scene.parley.flask, "backup", str(path))
                    time.sleep(random.uniform(0.5, 2.5))
                    scene.kill(running)
                    done.result()
            stack.enter_context(scene.parley.serving())
        scene.settle()
        for path, promised in acked.items():
            scene.expect(whole(scene, path, promised), f"{path.name} is not whole")


@fault()
def backup_killed(scene: Scene) -> None:
    """kill -9 of backups at all times: no half one passes for a whole one"""
    with scene.parley.serving(), folder_of_backups() as folder:
        scene.load.write(1)
        scene.settle()
        past_texts(scene.engine, int(scene.seconds(TEXTS, TEXTS // 3)), WORDS)
        with scene.load.going():
            for _ in range(int(scene.seconds(12, 3))):
                kill_a_backup(scene, folder)
        promised = Promised.now(scene)
        scene.parley.flask("backup", str(folder))
        scene.settle()
        found = sorted(folder.iterdir())
        named = [path for path in found if not path.name.startswith(".")]
        last = max(named)
        scene.expect(whole(scene, last, promised), "the one after them is not whole")
        for path in found:
            if path in named or passes(scene, path):
                scene.expect(whole(scene, path), f"{path.name} passes and is not whole")


def kill_a_backup(scene: Scene, folder: Path) -> None:
    """As soon as it writes, or a moment later; it may also be done by then."""
    before = set(folder.iterdir())
    arguments = ["-m", "flask", "backup", str(folder)]
    with program(arguments, scene.parley.env) as backup:
        wait(lambda: set(folder.iterdir()) - before or over(backup))
        time.sleep(random.uniform(0, 0.3))
        with suppress(FileNotFoundError):  # it was done by then
            backup.kill()


def over(running: Program) -> bool:
    return running.process.poll() is not None


@contextmanager
def folder_of_backups() -> Iterator[Path]:
    with TemporaryDirectory(prefix="parley-backups-") as folder:
        yield Path(folder)


def passes(scene: Scene, path: Path) -> bool:
    """Whether `flask restore-check` would take it for a backup."""
    try:
        return not restore.check(path, server(scene)).troubles
    except NotRestorable:
        return False


def whole(scene: Scene, path: Path, promised: Promised | None = None) -> bool:
    """Whether it can be restored with every past text, and with what was promised."""
    if not passes(scene, path):
        return False
    with restored(scene, path) as there:
        past = "SELECT count(*) FROM message WHERE body LIKE 'past %'"
        as_many = rows(there, past) == scene.asked(past)
        return as_many and (promised is None or promised.kept_in(there))


@contextmanager
def restored(scene: Scene, path: Path) -> Iterator[Connection]:
    url = server(scene)
    opened = dumps.restored(path, url) if url else sqlite_file.opened(path)
    with opened as there:
        yield there


def server(scene: Scene) -> str | None:
    return None if scene.databases.kind == SQLITE else scene.url


BACKUPS = (backup_under_load, backup_killed)
