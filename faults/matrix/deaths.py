"""kill -9 under load: of everything, of the process that serves, of workers."""

import os
import signal
import socket
import time
from contextlib import ExitStack
from random import uniform

from conversations.kaleyra.practice import faults as answers
from faults.fault import fault
from faults.scene import Scene

PATIENT_TEXTS = 5_000
ANSWER_SECONDS = 0.05
GRACE_SECONDS = 7.0
"""Granian gives up on a process that dies again and again within a few seconds."""


@fault(explains={"interrupted"})
def everything_killed(scene: Scene) -> None:
    """kill -9 of the whole program, again and again under load"""
    answer_late(scene)
    with ExitStack() as stack:
        with scene.load.going():
            for _ in range(int(scene.seconds(12, 1))):
                with scene.parley.serving() as program:
                    time.sleep(uniform(0.3, 1.2))
                    scene.kill(program)
            stack.enter_context(scene.parley.serving())
        scene.settle()


@fault(explains={"interrupted"})
def serving_process_killed(scene: Scene) -> None:
    """kill -9 of the process that serves; its supervisor starts the next"""
    answer_late(scene)
    with scene.parley.serving() as program:
        with scene.load.going():
            for _ in range(int(scene.seconds(4, 1))):
                time.sleep(GRACE_SECONDS)
                serving = program.processes()[-1]
                os.kill(serving, signal.SIGKILL)
                scene.killed.add(f"{socket.gethostname()}:{serving}")
        scene.settle()


@fault(explains={"interrupted"})
def worker_killed(scene: Scene) -> None:
    """kill -9 of the worker, again and again while it sends"""
    answer_late(scene)
    with scene.web_alone(), ExitStack() as stack:
        with scene.load.going():
            for _ in range(int(scene.seconds(20, 2))):
                with scene.parley.working() as worker:
                    time.sleep(uniform(0.3, 1.2))
                    scene.kill(worker)
            stack.enter_context(scene.parley.working())
        scene.settle()


def answer_late(scene: Scene) -> None:
    """Let Kaleyra take a moment for each text, so that kills find calls under way."""
    scene.kaleyra.script(*[answers.slow(ANSWER_SECONDS)] * PATIENT_TEXTS)


DEATHS = (everything_killed, serving_process_killed, worker_killed)
