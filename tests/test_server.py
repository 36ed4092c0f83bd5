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

from tests.support.server import ROOT, Server
from tests.support.stage import HOOK_TOKEN, free_port, until

PASSWORD = "correct horse battery"


@pytest.fixture
def server(stage_free_database: str, tmp_path: Path) -> Iterator[Server]:
    server = Server(stage_free_database, tmp_path)
    server.flask("db", "upgrade")
    server.start()
    yield server
    server.process.kill()
    server.process.wait()
    server.process.stdout.close()


@pytest.fixture
def stage_free_database(
    request: pytest.FixtureRequest, database_kind: str, tmp_path: Path
) -> Iterator[str]:
    """A database that no other test shares."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'parley.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    name = f"parley_server_{os.getpid()}_{free_port()}"
    yield postgres.create_database(name)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param


def test_a_text_is_stored_read_and_told_to_an_open_stream(server: Server) -> None:
    token = server.flask("token", "create", "test").splitlines()[-1]
    session = signed_in(server)
    with session.get(f"{server.url}/live", stream=True, timeout=10) as live:
        lines = live.iter_lines()
        assert next(lines).startswith(b"retry:")

        assert server.text("Hello").status_code == 200

        assert b"event: change" in (next(lines) for _ in range(6))
    until(lambda: server.conversations(token))
    assert server.conversations(token)[0]["preview"] == "Hello"


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
def test_a_body_that_breaks_off_is_refused(server: Server, path: str) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: parley\r\nX-Hook-Token: {HOOK_TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), 5) as caller:
        caller.sendall(f"{head}\r\nsource=12025550142&message=I+will+not".encode())
        caller.shutdown(socket.SHUT_WR)
        answer = caller.recv(200)

    assert answer == b"" or b" 400 " in answer
    token = server.flask("token", "create", "test").splitlines()[-1]
    assert server.text("Whole").status_code == 200
    until(lambda: server.conversations(token))
    (conversation,) = server.conversations(token)
    assert conversation["preview"] == "Whole"


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


def test_a_serving_process_that_dies_twice_is_started_again(server: Server) -> None:
    for _ in range(2):
        before = children_of(server.process.pid)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: children_of(server.process.pid) not in ([], before), 20)  # noqa: B023

    until(lambda: server.answers("/readyz"), 20)
    assert server.stop() == 0


def test_the_serving_process_does_not_outlive_its_supervisor(server: Server) -> None:
    (child,) = children_of(server.process.pid)

    server.process.kill()

    until(lambda: not Path(f"/proc/{child}").exists(), 20)


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


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


def test_it_does_not_share_a_port_with_another(server: Server) -> None:
    assert "in use" in refusal(server)


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
