"""kill -9 of the worker at each step between the claim of a text and its result.

Nothing here is left to chance: what the worker waits for is held until it is dead.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from conversations.kaleyra.practice import faults as answers
from conversations.kaleyra.practice.callbacks.course import USUAL
from conversations.texting.status import Status
from faults.fault import fault
from faults.holds import HeldCalls, mute
from faults.scene import Scene, utc, wait

TEXTS = 5
A_MOMENT = 1.5
PAUSE = "UPDATE line SET paused_at = '2026-01-01 00:00:00'"
RESUME = "UPDATE line SET paused_at = NULL"
DUE = "UPDATE message SET due_at = :then"
PATIENT = 6
"""Seconds to wait for an answer: held calls are still under way at the kill."""
NOT_TWICE = "a text was handed over a second time"


@fault()
def killed_before_the_claim(scene: Scene) -> None:
    """kill -9 of the worker before its claim is committed"""
    with scene.web_alone(), scene.parley.working() as worker:
        scene.told(PAUSE)
        order(scene)
        scene.told(DUE, then=utc(time.time() + A_MOMENT))
        scene.told(RESUME)
        with scene.locks.held():
            time.sleep(2 * A_MOMENT)
            scene.kill(worker)
        scene.expect(not scene.kaleyra.requests, "a call came before its claim")
        taken_over(scene, Status.DELIVERED)


@fault(explains={"interrupted"})
def killed_before_the_call(scene: Scene) -> None:
    """kill -9 of the worker after the claim, before Kaleyra was reached"""
    with scene.web_alone():
        order(scene)
        scene.kaleyra.stop()
        with mute(scene.kaleyra.port), scene.parley.working() as worker:
            wait(lambda: sending(scene))
            scene.kill(worker)
        scene.kaleyra.start()
        taken_over(scene, Status.UNCONFIRMED)


@fault(explains={"interrupted"}, KALEYRA_READ_TIMEOUT=PATIENT)
def killed_during_the_call(scene: Scene) -> None:
    """kill -9 of the worker when Kaleyra has the request and never takes the text"""
    with called(scene, held := HeldCalls()):
        held.let_go()
        taken_over(scene, Status.UNCONFIRMED)


@fault(explains={"interrupted"}, KALEYRA_READ_TIMEOUT=PATIENT)
def killed_before_the_answer(scene: Scene) -> None:
    """kill -9 of the worker when Kaleyra has taken the text; no report ever comes"""
    with called(scene, held := HeldCalls(), taken=True):
        held.let_go()
        taken_over(scene, Status.UNCONFIRMED)


@fault(KALEYRA_READ_TIMEOUT=PATIENT)
def killed_before_the_answer_and_reported(scene: Scene) -> None:
    """kill -9 of the worker when Kaleyra has taken the text; reports come later"""
    with called(scene, held := HeldCalls(), taken=True, reported=True):
        held.let_go()
        taken_over(scene, Status.DELIVERED)


@fault(explains={"interrupted"}, KALEYRA_READ_TIMEOUT=PATIENT)
def killed_before_the_result_is_written(scene: Scene) -> None:
    """kill -9 of the worker when it has the answer and could not write it down yet"""
    held = HeldCalls()
    with scene.web_alone():
        order(scene)
        scene.kaleyra.script(*[held.after_taking()] * TEXTS)
        with scene.parley.working() as worker:
            wait(lambda: held.waiting == TEXTS)
            with scene.locks.held():
                held.let_go()
                time.sleep(A_MOMENT)
                scene.kill(worker)
        taken_over(scene, Status.UNCONFIRMED)


@fault()
def killed_after_the_result(scene: Scene) -> None:
    """kill -9 of the worker when the answer is written down"""
    scene.kaleyra.script(*[answers.silent()] * TEXTS)
    with scene.web_alone():
        order(scene)
        with scene.parley.working() as worker:
            wait(lambda: set(scene.statuses()) == {Status.ACCEPTED})
            scene.kill(worker)
        taken_over(scene, Status.ACCEPTED)


def order(scene: Scene) -> None:
    """One text to each of a few customers, so that all are under way at once."""
    for person in range(TEXTS):
        scene.load.order(person)


def sending(scene: Scene) -> bool:
    return scene.statuses() == [Status.SENDING] * TEXTS


@contextmanager
def called(
    scene: Scene, held: HeldCalls, *, taken: bool = False, reported: bool = False
) -> Iterator[None]:
    """The worker has called, has no answer, and is killed."""
    fault = held.before_taking()
    if taken:
        fault = held.after_taking(USUAL) if reported else held.after_taking()
    scene.kaleyra.script(*[fault] * TEXTS)
    with scene.web_alone():
        order(scene)
        with scene.parley.working() as worker:
            wait(lambda: held.waiting == TEXTS)
            scene.kill(worker)
        yield


def taken_over(scene: Scene, end: Status) -> None:
    """Another worker finds what the dead one left; each text ends like this."""
    with scene.parley.working():
        if end is not Status.ACCEPTED:
            scene.settle()
            until_all(scene, end)
        else:
            time.sleep(A_MOMENT)
    once = len(scene.kaleyra.requests) <= TEXTS
    scene.expect(once, NOT_TWICE)


def until_all(scene: Scene, end: Status) -> None:
    """Reports may take a moment more."""
    try:
        wait(lambda: scene.statuses() == [end] * TEXTS, 10)
    except TimeoutError:
        scene.expect(kept=False, promise=f"not {end}, but {scene.statuses()}")


STEPS = (
    killed_before_the_claim,
    killed_before_the_call,
    killed_during_the_call,
    killed_before_the_answer,
    killed_before_the_answer_and_reported,
    killed_before_the_result_is_written,
    killed_after_the_result,
)
