"""A job that is never finished: a thread that takes a step, rests, and starts over."""

import logging
import sys
import threading
import time
from typing import Protocol

from flask import Flask

logger = logging.getLogger(__name__)

TROUBLE_SECONDS = 1.0
LONGEST_STEP_SECONDS = 60.0
# How long a busy thread may keep the interpreter from the others. Python's own 5 ms are
# long beside a callback, which takes a third of one.
SWITCH_SECONDS = 0.001


def switch_often() -> None:
    """In a process whose threads all have something to do, let them take turns."""
    sys.setswitchinterval(SWITCH_SECONDS)


class Job(Protocol):
    """Something done step by step; `step` says how many seconds it may rest."""

    name: str

    def step(self) -> float: ...

    def finish(self) -> None: ...


class Loop(threading.Thread):
    """Runs a job. Ringing `bell` ends the rest early; `stop` ends the loop."""

    def __init__(self, app: Flask, job: Job, bell: threading.Event) -> None:
        super().__init__(name=job.name)
        self.app = app
        self.job = job
        self.bell = bell
        self.stopping = threading.Event()
        self.stepped_at = time.monotonic()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.stepped_at = time.monotonic()
            rest = self.take_step()
            self.bell.wait(rest)
            self.bell.clear()
        self.job.finish()

    def take_step(self) -> float:
        """One step, in a context of its own; trouble is logged and rested upon."""
        try:
            with self.app.app_context():
                return self.job.step()
        except Exception:
            logger.exception("%s hit an error and will try again", self.name)
            return TROUBLE_SECONDS

    def stuck(self) -> bool:
        """Whether its thread is gone, or hangs in a step."""
        if not self.is_alive():
            return not self.stopping.is_set()
        return time.monotonic() - self.stepped_at > LONGEST_STEP_SECONDS

    def stop(self) -> None:
        self.stopping.set()
        self.bell.set()
