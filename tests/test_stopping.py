"""Whichever thread of a process the system interrupts, the process stops."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tests.support.fresh import with_tables
from tests.support.server import ROOT, Server, children_of, running
from tests.support.stage import HOOK_TOKEN, until

pytestmark = pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)

HALF_A_REQUEST = (
    f"POST /hooks/kaleyra/inbound HTTP/1.1\r\nHost: parley\r\n"
    f"X-Hook-Token: {HOOK_TOKEN}\r\nContent-Length: 2\r\n\r\n{{"
).encode()
PRACTICE = ("-m", "conversations.kaleyra.practice", "--port", "0")


def takers(pid: int) -> list[int]:
    """The threads of a process that a SIGTERM for it may go to."""
    bit = 1 << (signal.SIGTERM - 1)
    threads = {
        int(task.name): int((task / "status").read_text().split("SigBlk:")[1][:17], 16)
        for task in Path(f"/proc/{pid}/task").iterdir()
    }
    return [thread for thread, blocked in threads.items() if not blocked & bit]


@pytest.fixture
def server(own_database: str, tmp_path: Path) -> Iterator[Server]:
    with_tables(own_database)
    with running(Server(own_database, tmp_path)) as server:
        yield server


def test_one_thread_of_the_serving_process_is_told(server: Server) -> None:
    (serving,) = children_of(server.process.pid)

    until(lambda: len(takers(serving)) == 1)


def test_told_again_and_again_it_still_waits_for_what_it_has_begun(
    server: Server,
) -> None:
    """As where somebody at a terminal presses Ctrl-C until it ends."""
    (serving,) = children_of(server.process.pid)
    with socket.create_connection(("127.0.0.1", server.port), 5) as caller:
        caller.sendall(HALF_A_REQUEST)
        time.sleep(0.2)

        for signum in (signal.SIGINT, signal.SIGTERM) * 3:
            os.kill(serving, signum)
            time.sleep(0.05)

        assert serving in children_of(server.process.pid)
        caller.sendall(b"}")
        assert caller.recv(100)
    until(lambda: serving not in children_of(server.process.pid), 10)


def test_a_serving_process_that_was_only_just_started_stops(server: Server) -> None:
    (serving,) = children_of(server.process.pid)
    os.kill(serving, signal.SIGKILL)
    until(lambda: children_of(server.process.pid) not in ([], [serving]), 10, every=0)

    server.process.terminate()

    assert server.process.wait(10) == 0


@pytest.mark.parametrize("words", [("-m", "flask", "worker"), PRACTICE])
def test_a_worker_and_the_practice_line_stop(
    own_database: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    with_tables(own_database)
    with started(words, Server(own_database, tmp_path).env) as process:
        process.stdout.readline()
        until(lambda: len(takers(process.pid)) == 1)

        process.terminate()

        assert process.wait(10) == 0


@contextmanager
def started(words: tuple[str, ...], env: dict[str, str]) -> Iterator[Popen[bytes]]:
    command = [sys.executable, *words]
    with Popen(command, env=env, cwd=ROOT, stdout=PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
