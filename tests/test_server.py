"""The real thing: `python app.py` as a process, spoken to over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.fixtures import DATABASES, database_url
from tests.support.fresh import with_tables
from tests.support.server import ROOT, Server, children_of, running
from tests.support.stage import HOOK_TOKEN, until

PASSWORD = "correct horse battery"


# For what happens to processes; which database they have open changes nothing there.
ON_SQLITE = pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)


@pytest.fixture
def server(own_database: str, tmp_path: Path) -> Iterator[Server]:
    """A server for one test, which may do to it what it likes."""
    with_tables(own_database)
    with running(Server(own_database, tmp_path)) as server:
        yield server


@pytest.fixture(scope="module", params=DATABASES)
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("server")
    with database_url(request.param, request, folder) as url:
        server = Server(url, folder)
        server.flask("db", "upgrade")
        with running(server):
            yield server


@pytest.fixture(scope="module")
def token(lasting: Server) -> str:
    return lasting.flask("token", "create", "test").splitlines()[-1]


def test_a_text_is_stored_read_and_told_to_an_open_stream(
    lasting: Server, token: str
) -> None:
    session = signed_in(lasting)
    with session.get(f"{lasting.url}/live", stream=True, timeout=10) as live:
        lines = live.iter_lines()
        assert next(lines).startswith(b"retry:")

        assert lasting.text("Hello").status_code == 200

        assert b"event: change" in (next(lines) for _ in range(6))
    until(lambda: newest(lasting, token) == "Hello")


def newest(server: Server, token: str) -> str | None:
    """What the customer said last, as the API tells it."""
    (conversation,) = server.conversations(token) or [{}]
    return conversation.get("preview")


def signed_in(server: Server) -> requests.Session:
    words = ("agent", "create", "ana@example.com", "--name", "Ana", "--role", "admin")
    server.flask(*words, "--password-stdin", typed=PASSWORD)
    session = requests.Session()
    page = session.get(f"{server.url}/sign-in", timeout=5).text
    csrf = page.partition('name="csrf_token"')[2].partition('value="')[2]
    form = {
        "csrf_token": csrf.partition('"')[0],
        "email": "ana@example.com",
        "password": PASSWORD,
    }
    answer = session.post(f"{server.url}/sign-in", data=form, timeout=5)
    assert answer.status_code == 200
    return session


@pytest.mark.parametrize("path", ["/hooks/kaleyra/inbound", "/sign-in"])
def test_a_body_that_breaks_off_is_refused(
    lasting: Server, token: str, path: str
) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: parley\r\nX-Hook-Token: {HOOK_TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n"
    )
    with socket.create_connection(("127.0.0.1", lasting.port), 5) as caller:
        caller.sendall(f"{head}\r\nsource=12025550142&message=I+will+not".encode())
        caller.shutdown(socket.SHUT_WR)
        answer = caller.recv(200)

    assert answer == b"" or b" 400 " in answer
    whole = f"Whole, after {path}"
    assert lasting.text(whole).status_code == 200
    until(lambda: newest(lasting, token) == whole)


def test_it_stops_at_once_with_a_stream_open(server: Server) -> None:
    session = signed_in(server)
    with session.get(f"{server.url}/live", stream=True, timeout=10) as live:
        lines = live.iter_lines()
        next(lines)
        began = time.monotonic()

        assert server.stop() == 0

        assert time.monotonic() - began < 10
        assert b"event: change" not in list(lines)


def test_a_serving_process_that_dies_is_started_again(server: Server) -> None:
    (child,) = children_of(server.process.pid)

    os.kill(child, signal.SIGKILL)

    until(lambda: children_of(server.process.pid) not in ([], [child]), 20)
    until(lambda: server.answers("/readyz"), 20)


@ON_SQLITE
def test_a_serving_process_that_dies_twice_is_started_again(server: Server) -> None:
    for _ in range(2):
        before = children_of(server.process.pid)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: children_of(server.process.pid) not in ([], before), 20)  # noqa: B023

    until(lambda: server.answers("/readyz"), 20)
    assert server.stop() == 0


@ON_SQLITE
def test_the_serving_process_does_not_outlive_its_supervisor(server: Server) -> None:
    (child,) = children_of(server.process.pid)

    server.process.kill()

    until(lambda: not Path(f"/proc/{child}").exists(), 20)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "HOOK_TOKEN"])
def test_without_a_secret_it_does_not_start_and_says_which(
    tmp_path: Path, missing: str
) -> None:
    server = Server(f"sqlite:///{tmp_path / 'parley.db'}", tmp_path, **{missing: ""})

    assert missing in refusal(server)


def test_without_its_tables_it_does_not_start_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    server = Server(f"sqlite:///{tmp_path / 'parley.db'}", tmp_path)

    assert "flask db upgrade" in refusal(server)


def test_it_does_not_share_a_port_with_another(lasting: Server) -> None:
    assert "in use" in refusal(lasting)


def refusal(server: Server) -> str:
    """The one line with which it refuses to start."""
    command = [sys.executable, "app.py"]
    done = subprocess.run(
        command,
        env=server.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr
