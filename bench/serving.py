"""Parley itself, started as anybody starts it: the environment, and `python app.py`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bench.load import wire
from conversations.config import ROOT
from tests.support.postgres import free_port

LINE = "+12025550100"
TOKEN = "the-token-of-the-benchmarks"
START_SECONDS = 30.0
STOP_SECONDS = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Parley:
    """One installation: its settings, and the commands that use them."""

    def __init__(self, database_url: str, **settings: object) -> None:
        self.port = free_port()
        self.env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret key for the benchmarks, long enough",
            "HOOK_TOKEN": TOKEN,
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://{wire.HOST}:{self.port}",
            "KALEYRA_SID": "BENCH",
            "KALEYRA_API_KEY": "bench",
            "KALEYRA_NUMBERS": LINE,
            "PRACTICE_PORT": "",
            **{name: str(value) for name, value in settings.items()},
        }

    @property
    def url(self) -> str:
        return self.env["PUBLIC_URL"]

    def flask(self, *words: str, typed: str = "") -> str:
        """Run a `flask` command; what it printed."""
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.env,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(words)} failed:\n{done.stderr}")
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator["Program"]:
        with program(["app.py"], self.env) as running:
            running.wait_until_heard(self.port)
            yield running

    @contextmanager
    def working(self) -> Iterator["Program"]:
        """Only the background work, in a process of its own."""
        with program(["-m", "flask", "worker"], self.env) as running:
            running.wait_until_says("Working.")
            yield running


class Program:
    """A running program of ours, with everything it started in turn."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self.process = process
        self.log = log

    def wait_until_heard(self, port: int) -> None:
        """Wait until it answers HTTP on `port`."""
        self.wait_until(lambda: answers(port))

    def wait_until_says(self, words: str) -> None:
        """Wait until it has printed `words`."""
        self.wait_until(lambda: words in self.said())

    def wait_until(self, started: Callable[[], bool]) -> None:
        ends_at = time.monotonic() + START_SECONDS
        while not started():
            if self.process.poll() is not None or time.monotonic() > ends_at:
                raise RuntimeError(f"It did not start:\n{self.said()[-2000:]}")
            time.sleep(0.02)

    def said(self) -> str:
        """What it has printed; its own place in the file stays where it is."""
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), size, 0).decode("utf-8", "replace")

    def kill(self) -> list[int]:
        """End it and its children as a power cut would; who they were."""
        killed = self.processes()
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)
        return killed

    def cpu_seconds(self) -> float:
        """The processor time that it and its children have used so far."""
        return sum(map(cpu_seconds, self.processes()))

    def memory_mb(self) -> float:
        """What it and its children hold, shared pages counted by their share (PSS)."""
        return sum(map(memory_kb, self.processes())) / 1024

    def processes(self) -> list[int]:
        return family(self.process.pid)


@contextmanager
def program(arguments: list[str], env: dict[str, str]) -> Iterator[Program]:
    """Run `python` with these arguments for as long as the block lasts."""
    with TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Program(process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_SECONDS)


def answers(port: int) -> bool:
    try:
        wire.ask(port, wire.request("GET", "/healthz", {}))
    except OSError:
        return False
    return True


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_seconds(pid: int) -> float:
    """User and system time; the process's name, which may hold spaces, comes before."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_kb(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("Pss:")[2].split()[0])
