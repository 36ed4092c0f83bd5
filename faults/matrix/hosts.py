"""Stops, clocks, slow clients, and many processes on one database."""

import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from bench.databases import POSTGRESQL
from bench.load import wire
from bench.load.streams import opened
from bench.measures import agents
from bench.serving import TOKEN, Parley, Program, program
from conversations.kaleyra.practice import faults as answers
from conversations.kaleyra.practice.callbacks.course import USUAL
from conversations.texting.status import Status
from faults.fault import fault
from faults.holds import HeldCalls
from faults.load import INBOUND
from faults.scene import Scene, wait

STREAMS = 50
SLOW_REQUESTS = 4
TEXTS = 8
STOP_SECONDS = 45.0
SLOW_CLIENTS = 200
PROMPT_SECONDS = 1.0
APART_SECONDS = 300
BODY = b'{"source": "12025550142", "recipient": "+12025550100", "message": "slow %03d"}'
UNSAID = 5
HALF_HEARD = "SELECT count(*) FROM callback WHERE length(body) = :size"


@fault(KALEYRA_READ_TIMEOUT=20)
def stopped_at_work(scene: Scene) -> None:
    """SIGTERM with 50 streams, 4 slow requests and 8 calls to Kaleyra open"""
    held = HeldCalls()
    scene.kaleyra.script(*[held.after_taking(USUAL)] * TEXTS)
    agents.create(scene.parley)
    with scene.parley.serving() as running, ExitStack() as stack:
        cookie = agents.signed_in(scene.parley)
        browser = wire.request("GET", "/live", {"Cookie": cookie})
        for _ in range(STREAMS):
            stack.enter_context(opened(scene.parley.port, browser))
        # Before the texts, so that they are in the server's hands when it is stopped.
        slow = [stack.enter_context(begun(scene, n)) for n in range(SLOW_REQUESTS)]
        for person in range(TEXTS):
            scene.load.order(person)
        wait(lambda: held.waiting == TEXTS)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        answered = [finished(sock, number) for number, sock in enumerate(slow)]
        held.let_go()
        took = wait(lambda: running.process.poll() is not None, STOP_SECONDS + 5)
        scene.expect(took < STOP_SECONDS, f"took {took:.0f} s to stop")
        scene.expect(answered == [200] * SLOW_REQUESTS, f"cut requests: {answered}")
    waiting = {Status.SENDING, Status.UNCONFIRMED} & set(scene.statuses())
    scene.expect(not waiting, "a call in hand was not written down")
    with scene.parley.serving():
        scene.settle()


def begun(scene: Scene, number: int) -> socket.socket:
    """A callback of which half has been said."""
    body = BODY % number
    headers = {"X-Hook-Token": TOKEN, "Content-Type": "application/json"}
    sock = wire.connect(scene.parley.port)
    sock.settimeout(30)
    whole = wire.request("POST", INBOUND, headers, body)
    sock.sendall(whole[:-UNSAID])
    return sock


def finished(sock: socket.socket, number: int) -> int:
    """The rest of it, and how it was answered; 0 for not at all."""
    try:
        return wire.status(wire.exchange(sock, (BODY % number)[-UNSAID:]))
    except OSError:
        return 0


@fault()
def slow_clients(scene: Scene) -> None:
    """200 clients that say half a request and then nothing, under load"""
    with scene.parley.serving():
        with ExitStack() as stack:
            for number in range(SLOW_CLIENTS):
                stack.enter_context(begun(scene, number))
            with scene.load.going():
                time.sleep(scene.seconds(10, 2))
        slowest = max(scene.load.promises.heard.values())
        scene.expect(slowest < PROMPT_SECONDS, f"a callback waited {slowest:.1f} s")
        time.sleep(1)
        scene.settle()
    half = scene.asked(HALF_HEARD, size=len(BODY % 0) - UNSAID)[0][0]
    scene.expect(not half, f"{half} callbacks of which half had come were kept")


@fault(only=POSTGRESQL)
def clocks_apart(scene: Scene) -> None:
    """Two workers whose clocks are five minutes apart"""
    scene.kaleyra.script(*[answers.slow(0.2)] * 2_000)
    with scene.web_alone(), scene.parley.working(), ahead(scene.parley):
        with scene.load.going():
            time.sleep(scene.seconds(30, 4))
        scene.settle()


@contextmanager
def ahead(parley: Parley) -> Iterator[Program]:
    """A worker that lives in the future."""
    arguments = ["-m", "faults.ahead", str(APART_SECONDS)]
    with program(arguments, parley.env) as running:
        running.wait_until_says("Working.")
        yield running


@fault(only=POSTGRESQL, explains={"interrupted"})
def many_processes(scene: Scene) -> None:
    """Three web processes and three workers; each is killed once"""
    scene.kaleyra.script(*[answers.slow(0.05)] * 5_000)
    with together(scene) as (_, webs, workers):
        with scene.load.going():
            for killed in (workers[0], webs[1], workers[1]):
                time.sleep(scene.seconds(4, 1))
                scene.kill(killed)
            time.sleep(scene.seconds(4, 1))
        scene.settle()


@contextmanager
def together(
    scene: Scene,
) -> Iterator[tuple[list[Parley], list[Program], list[Program]]]:
    """Three web processes and three workers on one database.

    The load goes to all doors in turn.
    """
    parleys = [scene.parley, another(scene.parley), another(scene.parley)]
    scene.load.ports = [parley.port for parley in parleys]
    doors = [parley.serving() for parley in parleys]
    rooms = [parley.working() for parley in parleys]
    with ExitStack() as stack, ThreadPoolExecutor() as starters:
        webs, workers = (
            list(starters.map(stack.enter_context, some)) for some in (doors, rooms)
        )
        yield parleys, webs, workers
        for each in (*webs, *workers):
            each.process.terminate()


def another(parley: Parley) -> Parley:
    """The same installation at another port."""
    parley.env["WORKER"] = "0"
    twin = Parley(parley.env["DATABASE_URL"])
    twin.env = {**parley.env, "PORT": twin.env["PORT"]}
    return twin


HOSTS = (stopped_at_work, slow_clients, clocks_apart, many_processes)
