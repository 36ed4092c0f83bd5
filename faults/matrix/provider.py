"""Kaleyra unreachable, in doubt, endless, throttling, slow, or rejecting the key."""

import time
from collections.abc import Sequence

import requests

from conversations.kaleyra.practice import Fault as Answer
from conversations.kaleyra.practice import faults as answers
from conversations.texting.status import Status
from faults.fault import fault
from faults.holds import mute
from faults.scene import Scene, wait

FEW = 4
MANY = 20
"""More calls that go wrong than the breaker allows."""
NEVER_SECONDS = 60.0
RETRY_AFTER = 3.0
FULL_RATE, HALF_RATE = 16.0, 8.0
IN_FLIGHT_SECONDS = 0.3
DEADLINE_SECONDS = 7.0
PAGE_SECONDS = 0.5
TRIED = "SELECT count(*) FROM message WHERE attempts > 0"
RATE = f"UPDATE line SET rate = {FULL_RATE}"
RESUME = "UPDATE line SET paused_at = NULL, pause_reason = NULL"
PAUSED = "SELECT count(*) FROM line WHERE paused_at IS NOT NULL"

# The breaker never minds the first few of these, which are the short form.
IN_DOUBT = (
    answers.hang(NEVER_SECONDS),
    answers.cut(accepted=True),
    answers.bad_gateway(),
    answers.no_id(),
    answers.hang_after_accepting(NEVER_SECONDS),
    answers.cut(),
    answers.cut(in_body=True),
    answers.bad_gateway(accepted=True),
    answers.error_500(),
    answers.html_200(),
)
DOUBTS = {"no_answer", "cut_answer", "502", "500", "unclear", "no_id"}


@fault()
def kaleyra_refuses_connections(scene: Scene) -> None:
    """Kaleyra refuses connections, then is back"""
    with scene.parley.serving():
        scene.kaleyra.stop()
        order(scene, int(scene.seconds(MANY, FEW)))
        wait(lambda: scene.asked(TRIED) != [(0,)])
        time.sleep(scene.seconds(20, 2))
        scene.kaleyra.start()
        scene.settle()


@fault()
def kaleyra_answers_no_connect(scene: Scene) -> None:
    """Kaleyra answers no connect, then is back"""
    with scene.parley.serving():
        scene.kaleyra.stop()
        with mute(scene.kaleyra.port):
            order(scene, FEW)
            wait(lambda: scene.asked(TRIED) == [(FEW,)])
            time.sleep(2)
        scene.kaleyra.start()
        scene.settle()


@fault()
def kaleyra_has_no_address(scene: Scene) -> None:
    """Kaleyra's name is not known to the DNS, then is"""
    right = scene.parley.env["KALEYRA_BASE_URL"]
    scene.parley.env["KALEYRA_BASE_URL"] = "http://kaleyra.invalid"
    with scene.parley.serving():
        order(scene, FEW)
        wait(lambda: scene.statuses() == [Status.QUEUED] * FEW)
        wait(lambda: scene.asked(TRIED) == [(FEW,)])
    scene.parley.env["KALEYRA_BASE_URL"] = right
    with scene.parley.serving():
        scene.settle()


@fault(explains=DOUBTS)
def answers_in_doubt(scene: Scene) -> None:
    """Kaleyra hangs, cuts, breaks (500, 502), answers a web page, or no id"""
    with scene.parley.serving():
        order_among_good_ones(scene, IN_DOUBT[:FEW] if scene.quick else IN_DOUBT)
        scene.settle()
    once_each(scene)


@fault(explains={"cut_answer"})
def endless_answers(scene: Scene) -> None:
    """Kaleyra's answer drips, or floods, without end"""
    with scene.parley.serving():
        began = time.monotonic()
        order_among_good_ones(scene, (answers.drip(), answers.huge()))
        scene.settle()
        in_time = time.monotonic() - began < DEADLINE_SECONDS + 5
        scene.expect(in_time, "a call went on after its deadline")
    once_each(scene)


@fault()
def kaleyra_throttles(scene: Scene) -> None:
    """Kaleyra says 429, Retry-After: 3, to every call for a while"""
    refused: list[float] = []

    def throttled(wire: object) -> object:
        refused.append(time.time())
        return answers.throttle(RETRY_AFTER).instead(wire)  # type: ignore[misc,arg-type]

    fault = Answer("throttled", instead=throttled)  # type: ignore[arg-type]
    scene.kaleyra.script(*[fault] * FEW)
    with scene.parley.serving():
        scene.told(RATE)
        order(scene, MANY)
        scene.settle()
        before = len(scene.kaleyra.texts)
        order(scene, MANY)
        scene.settle()
    sent = [text.at.timestamp() for text in scene.kaleyra.texts]
    waits = [at - refused[-1] for at in sent]
    early = [wait for wait in waits if IN_FLIGHT_SECONDS < wait < RETRY_AFTER]
    scene.expect(not early, f"{len(early)} calls before Retry-After was over")
    # At first as many may leave at once as otherwise in a second.
    took = sent[-1] - sent[before]
    at_least = (MANY - HALF_RATE) / HALF_RATE
    scene.expect(took > 0.9 * at_least, "it went on as if never asked")


@fault()
def key_rejected(scene: Scene) -> None:
    """Kaleyra rejects the key (401); an admin mends it and resumes the line"""
    scene.kaleyra.script(answers.unauthorised())
    with scene.parley.serving():
        scene.load.order(0)
        wait(lambda: scene.asked(PAUSED) == [(1,)])
        order(scene, MANY)
        time.sleep(1.5)
        scene.expect(len(scene.kaleyra.requests) == 1, "a paused line went on")
        scene.told(RESUME)
        scene.settle()


@fault(fails={"400"})
def text_refused(scene: Scene) -> None:
    """Kaleyra refuses a text for good (400)"""
    with scene.parley.serving():
        order_among_good_ones(scene, [answers.refuse()] * FEW)
        scene.settle()
    once_each(scene)


@fault(KALEYRA_READ_TIMEOUT=20)
def kaleyra_is_slow(scene: Scene) -> None:
    """Kaleyra takes 18 s for every answer, with pages and callbacks going on"""
    seconds = scene.seconds(18, 3)
    scene.kaleyra.script(*[answers.slow(seconds)] * MANY)
    with scene.parley.serving():
        order(scene, MANY)
        slowest = 0.0
        with scene.load.going(ordering=False):
            for _ in range(int(scene.seconds(60, 10))):
                began = time.monotonic()
                requests.get(f"{scene.parley.url}/sign-in", timeout=10)
                slowest = max(slowest, time.monotonic() - began)
                time.sleep(0.1)
        scene.expect(slowest < PAGE_SECONDS, f"a page took {slowest:.1f} s")
        scene.settle()


def order(scene: Scene, count: int) -> None:
    for person in range(count):
        scene.load.order(person)


def order_among_good_ones(scene: Scene, wrong: Sequence[Answer]) -> None:
    """Mostly too few go wrong for the breaker: two good answers after each bad one."""
    for answer in wrong:
        scene.kaleyra.script(answer, answers.fault.NORMAL, answers.fault.NORMAL)
    order(scene, 3 * len(wrong))


def once_each(scene: Scene) -> None:
    """Whatever is in doubt was asked for once."""
    calls = [request.fields["ref"] for request in scene.kaleyra.requests]
    again = len(calls) - len(set(calls))
    scene.expect(not again, f"{again} calls made again after an answer in doubt")


PROVIDER = (
    kaleyra_refuses_connections,
    kaleyra_answers_no_connect,
    kaleyra_has_no_address,
    answers_in_doubt,
    endless_answers,
    kaleyra_throttles,
    key_rejected,
    text_refused,
    kaleyra_is_slow,
)
