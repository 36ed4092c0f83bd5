"""A private PostgreSQL server that lives as long as the test run, and no longer."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

OLDEST = 13

Owner = dict[str, Any]
"""What tells subprocess to run a program as another user; empty for ourselves."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "timezone": "UTC",
}

# Speed over safety: nobody will miss these databases after a power cut.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}

# Lives until the test process closes its end of the pipe, which it also does by dying.
WATCHER = 'cat; "$0" -D "$1/data" -m immediate stop; rm -rf "$1"'


class PostgresServer:
    """A server to make databases on. `address` is the URL of any database on it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._watcher: subprocess.Popen[bytes] | None = None
        self._control: Callable[..., None] | None = None

    @classmethod
    def start(cls, *, durable: bool = False) -> Self:
        """The server that TEST_DATABASE_URL names; without it, a new private one.

        It forgets on a power cut unless it is `durable`, which takes its time.
        """
        if address := os.environ.get("TEST_DATABASE_URL"):
            return cls(address)
        programs = find_programs()
        owner = ordinary_user()
        folder = private_folder(owner)
        watcher = watch(programs, folder, owner)
        try:
            settings = SETTINGS if durable else SETTINGS | FORGETFUL
            address, control = launch(programs, folder, owner, settings)
            server = cls(address)
        except BaseException:
            stop(watcher)
            raise
        server._watcher, server._control = watcher, control
        return server

    @property
    def ours(self) -> bool:
        """Whether nobody else uses it, so that it may be stopped."""
        return self._control is not None

    def crash(self) -> None:
        """Stop at once, as in a power cut; only a server of our own does."""
        assert self._control
        self._control("-m", "immediate", "stop")

    def come_back(self) -> None:
        """Start again after a crash, with what was committed."""
        assert self._control
        self._control("start")

    def url(self, database: str) -> str:
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{database}"))

    def create_database(self, name: str, *, like: str = "template1") -> str:
        """Make a database, in place of an older one; return its URL.

        It is empty, or a copy of the one it is to be `like`.
        """
        self.drop_database(name)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, like)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def stop(self) -> None:
        """Stop it if it is ours; somebody else's goes on."""
        if self._watcher:
            stop(self._watcher)
            self._watcher = None

    def _run(self, statement: str, *names: str) -> None:
        address = self.address.replace("postgresql+psycopg:", "postgresql:")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    server = PostgresServer.start(durable=durable)
    try:
        yield server
    finally:
        server.stop()


def find_programs() -> Path:
    """The folder of the newest server's programs; Debian keeps them out of PATH."""
    versions = sorted(
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and has_server(folder)
    )
    if versions and versions[-1][0] >= OLDEST:
        return versions[-1][1]
    initdb = shutil.which("initdb")
    if initdb and has_server(Path(initdb).parent):
        return Path(initdb).parent
    raise RuntimeError("No PostgreSQL server here; scripts/test-tools says what to do")


def has_server(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))


def ordinary_user() -> Owner:
    """Somebody to run it as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def private_folder(owner: Owner) -> Path:
    """A new folder that the owner can reach, its name short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="parley-postgres-", dir="/tmp"))
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    return folder


def watch(programs: Path, folder: Path, owner: Owner) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCHER, programs / "pg_ctl", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        **owner,
    )


def stop(watcher: subprocess.Popen[bytes]) -> None:
    watcher.communicate()


def launch(
    programs: Path, folder: Path, owner: Owner, settings: dict[str, str]
) -> tuple[str, Callable[..., None]]:
    """Make the server's files and start it; its URL, and how to stop and start it."""
    port = free_port()
    place = {"port": port, "unix_socket_directories": folder}
    options = " ".join(
        f"-c {name}={value}" for name, value in (settings | place).items()
    )
    initdb = "--username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8"
    as_owner = {"folder": folder, "owner": owner}
    data = folder / "data"
    run(programs / "initdb", "--no-sync", *initdb.split(), data, **as_owner)
    control = partial(
        run,
        programs / "pg_ctl",
        *("-D", data, "-l", folder / "log", "-o", options, "-w"),
        **as_owner,
    )
    control("start")
    return f"postgresql://postgres@127.0.0.1:{port}/postgres", control


def run(*command: str | Path, folder: Path, owner: Owner) -> None:
    env = {name: os.environ[name] for name in os.environ if not name.startswith("PG")}
    done = subprocess.run(
        command,
        env={**env, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **owner,
    )
    if done.returncode:
        raise RuntimeError(f"No PostgreSQL server for the tests:\n{done.stdout}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
