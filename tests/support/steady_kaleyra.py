"""Kaleyra calling us without a pause, through whatever stands in front of us."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.support.stage import HOOK_TOKEN, LINE

CALLERS = 3


class Kaleyra:
    """Calls all the time; remembers what it said and what it was answered."""

    def __init__(self, url: str, certificate: Path) -> None:
        self.url = f"{url}/hooks/kaleyra/inbound"
        self.certificate = str(certificate)
        self.stopping = threading.Event()
        self.answers: dict[str, int] = {}
        self.longest = 0.0

    def call(self, caller: int) -> None:
        with requests.Session() as session:
            session.headers["X-Hook-Token"] = HOOK_TOKEN
            number = 0
            while not self.stopping.is_set():
                self.text(session, f"text {caller}-{number}")
                number += 1
                time.sleep(0.01)

    def text(self, session: requests.Session, body: str) -> None:
        said = {"source": "12025550142", "recipient": LINE, "message": body}
        began = time.monotonic()
        answer = session.post(
            self.url, json=said | {"id": body}, timeout=60, verify=self.certificate
        )
        self.longest = max(self.longest, time.monotonic() - began)
        self.answers[body] = answer.status_code

    @contextmanager
    def calling(self) -> Iterator[None]:
        with ThreadPoolExecutor(CALLERS) as callers:
            calls = [callers.submit(self.call, caller) for caller in range(CALLERS)]
            try:
                yield
                time.sleep(0.5)
            finally:
                self.stopping.set()
        assert [call.result() for call in calls] == [None] * CALLERS
