"""A new version is brought out while Kaleyra calls, and no callback is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.models import Callback
from tests.support import proxies
from tests.support.fresh import app_on, migrated, release
from tests.support.server import Server
from tests.support.stage import free_port
from tests.support.steady_kaleyra import Kaleyra


@contextmanager
def started(*servers: Server) -> Iterator[None]:
    try:
        with ThreadPoolExecutor() as starters:
            assert all(start is None for start in starters.map(Server.start, servers))
        yield
    finally:
        for server in servers:
            server.process.kill()
            server.process.communicate()


def restart(server: Server) -> None:
    server.process.terminate()
    server.process.communicate(timeout=45)
    assert server.process.returncode == 0
    server.start()


def heard(database: str) -> set[str]:
    """The bodies of all callbacks in the journal."""
    with app_on(database).app_context():
        said = db.session.scalars(select(Callback.body)).all()
        release()
    return {
        body.decode().partition('"message": "')[2].partition('"')[0] for body in said
    }


def prove_nothing_was_lost(kaleyra: Kaleyra, database: str) -> None:
    assert len(kaleyra.answers) > 50
    assert set(kaleyra.answers.values()) == {200}
    assert set(kaleyra.answers) == heard(database)


@pytest.fixture
def database(postgres_database: str) -> str:
    migrated(postgres_database)
    return postgres_database


def test_behind_nginx_two_processes_restart_in_turn_and_no_callback_is_lost(
    database: str, tmp_path: Path
) -> None:
    nginx, certificate = proxies.needed("nginx"), proxies.certificate(tmp_path)
    port = free_port()
    url = f"https://127.0.0.1:{port}"
    settings = {"TRUSTED_PROXIES": "1", "PUBLIC_URL": url, "LOG_LEVEL": "error"}
    servers = [Server(database, tmp_path, **settings) for _ in range(2)]
    config = proxies.nginx_config(tmp_path, port, [server.port for server in servers])
    kaleyra = Kaleyra(url, certificate)

    with (
        started(*servers),
        proxies.running([nginx, "-c", config], url, tmp_path),
        kaleyra.calling(),
    ):
        for server in servers:
            restart(server)

    prove_nothing_was_lost(kaleyra, database)


def test_behind_caddy_a_single_process_restarts_and_no_callback_is_lost(
    database: str, tmp_path: Path
) -> None:
    caddy, certificate = proxies.needed_caddy(), proxies.certificate(tmp_path)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"TRUSTED_PROXIES": "1", "PUBLIC_URL": url, "LOG_LEVEL": "error"}
    server = Server(database, tmp_path, **settings)
    config = proxies.caddy_config(tmp_path, port, server.port)
    words = [caddy, "run", "--adapter", "caddyfile", "--config", config]
    kaleyra = Kaleyra(url, certificate)

    with (
        started(server),
        proxies.running(words, url, tmp_path),
        kaleyra.calling(),
    ):
        restart(server)

    prove_nothing_was_lost(kaleyra, database)
