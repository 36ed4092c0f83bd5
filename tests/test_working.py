"""Background work that hangs counts as dead, so that somebody looks."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from conversations.worker.loop import LONGEST_STEP_SECONDS, Loop


class Hanging:
    """A job whose step ends when it is allowed to."""

    name = "hanging"

    def __init__(self) -> None:
        self.begun, self.end = threading.Event(), threading.Event()

    def step(self) -> float:
        self.begun.set()
        self.end.wait(10)
        return 0.01

    def finish(self) -> None: ...


@pytest.fixture
def job() -> Hanging:
    return Hanging()


@pytest.fixture
def loop(job: Hanging) -> Iterator[Loop]:
    loop = Loop(Flask("working"), job, threading.Event())
    loop.start()
    assert job.begun.wait(5)
    yield loop
    job.end.set()
    loop.stop()
    loop.join(5)


def test_a_job_that_hangs_in_a_step_is_stuck(loop: Loop) -> None:
    assert not loop.stuck()

    loop.stepped_at -= LONGEST_STEP_SECONDS + 1

    assert loop.stuck()


def test_a_job_whose_thread_is_gone_is_stuck_unless_it_was_stopped(
    loop: Loop, job: Hanging
) -> None:
    job.end.set()
    loop.stop()
    loop.join(5)
    assert not loop.stuck()

    loop.stopping.clear()

    assert loop.stuck()
