"""The fixtures every test may ask for: a database of each kind, and a Chromium."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from tests.support.browser import running_chromium
from tests.support.postgres import PostgresServer, running_server

DATABASES = ("sqlite", "postgresql")
# A commit waits for a disk; tests of crashes and backups use one all the same.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# These come first: they take long, and at the end one process would wait for another.
LONG = (
    "tests/faults/", "tests/deploy/", "tests/browser/", "tests/test_server.py",
    "tests/inside/test_workers_apart.py",
)  # fmt: skip
SHARED = pytest.StashKey[PostgresServer]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, help="run on this database only")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if wanted := config.getoption("--database"):
        others = [item for item in items if database_of(item) not in (None, wanted)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def database_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    params = callspec.params.values() if callspec else ()
    return next((param for param in params if param in DATABASES), None)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """The first process of a parallel run shares its server with the others."""
    if node.config.getoption("--database") != "sqlite":
        node.workerinput["postgres"] = shared_server(node.config).address


def shared_server(config: pytest.Config) -> PostgresServer:
    if SHARED not in config.stash:
        config.stash[SHARED] = PostgresServer.start()
        config.add_cleanup(config.stash[SHARED].stop)
    return config.stash[SHARED]


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[PostgresServer]:
    workerinput = getattr(pytestconfig, "workerinput", None)
    if workerinput:
        yield PostgresServer(workerinput["postgres"])
    else:
        with running_server() as server:
            yield server


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The DATABASE_URL of an empty database; what uses it runs once on each kind."""
    with (
        TemporaryDirectory(dir=MEMORY, prefix="parley-") as folder,
        database_url(request.param, request, Path(folder)) as url,
    ):
        yield url


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'parley.db'}"


@contextmanager
def database_url(
    kind: str, request: pytest.FixtureRequest, folder: Path
) -> Iterator[str]:
    """An empty database of this kind, away again afterwards."""
    if kind == "sqlite":
        yield sqlite_url(folder)
    else:
        postgres = request.getfixturevalue("postgres")
        yield from postgresql_url(postgres, f"parley_{token_hex(6)}")


def postgresql_url(server: PostgresServer, name: str) -> Iterator[str]:
    yield server.create_database(name)
    server.drop_database(name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; `tests.support.browser.window` opens a page in it."""
    with running_chromium() as browser:
        yield browser
