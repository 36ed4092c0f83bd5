"""The real thing as a process: `python app.py`, and what an operator types."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import requests

from tests.support.stage import HOOK_TOKEN, LINE, free_port, until

NO_ACCOUNT = {"KALEYRA_SID": "", "KALEYRA_API_KEY": "", "KALEYRA_NUMBERS": ""}
ROOT = Path(__file__).resolve().parent.parent.parent


class Server:
    """One started `app.py` and what an operator needs around it."""

    def __init__(self, database_url: str, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "PATH": os.environ["PATH"],
            "INSTANCE_DIR": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret key for the tests, long enough",
            "HOOK_TOKEN": HOOK_TOKEN,
            "PORT": str(self.port),
            "KALEYRA_SID": "S",
            "KALEYRA_API_KEY": "k",
            "KALEYRA_BASE_URL": f"http://127.0.0.1:{free_port()}",
            "KALEYRA_NUMBERS": LINE,
            **settings,
        }

    def flask(self, *words: str, typed: str = "") -> str:
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(
            command, input=typed, env=self.env, cwd=ROOT, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "app.py"],
            env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        until(lambda: self.answers("/readyz"), 30, every=0.05)

    def answers(self, path: str) -> bool:
        try:
            return requests.get(self.url + path, timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def text(self, body: str) -> requests.Response:
        said = {"source": "12025550142", "recipient": LINE, "message": body, "id": body}
        headers = {"X-Hook-Token": HOOK_TOKEN}
        url = f"{self.url}/hooks/kaleyra/inbound"
        return requests.post(url, json=said, headers=headers, timeout=5)

    def conversations(self, token: str) -> list[Mapping[str, str]]:
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.url}/api/v1/conversations"
        return requests.get(url, headers=headers, timeout=5).json()["data"]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(45)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """It runs meanwhile; whatever becomes of it, nothing of it is left afterwards."""
    server.start()
    try:
        yield server
    finally:
        end_family(server.process)
        server.process.communicate()


def end_family(process: subprocess.Popen[bytes]) -> None:
    """Kill it and whom it started, who might not hear of its end."""
    children = children_of(process.pid) if process.poll() is None else []
    process.kill()
    for each in children:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


AnyServer = TypeVar("AnyServer", bound=Server)


@contextmanager
def on_the_practice_line(
    kind: type[AnyServer], database_url: str, folder: Path
) -> Iterator[AnyServer]:
    """Parley without an account, on an empty database, as `make run` starts it."""
    settings = NO_ACCOUNT | {"PRACTICE_PORT": str(free_port())}
    server = kind(database_url, folder, **settings)
    server.flask("db", "upgrade")
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.process.stdout.close()
