"""Three web processes and three workers on one PostgreSQL behave as one."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest

from bench.databases import Server
from bench.load import wire
from bench.load.streams import opened
from bench.measures import agents
from bench.serving import Parley, Program
from conversations.config import Config
from conversations.texting.status import Status
from conversations.worker.sender import LEASE_MARGIN
from conversations.worker.sweeper import SWEEP_SECONDS
from faults.fault import Fault
from faults.holds import HeldCalls
from faults.judge import judge
from faults.matrix.hosts import together
from faults.scene import Scene, scene, wait
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.timeout(180)

RATE = 10
TEXTS = 30
MINUTE = 60.0
CHANGE = re.compile(r"event: change\ndata: (.+)\n")
OUR_FAULT = Fault(name="none", sentence="nothing goes wrong", inject=lambda _: None)
WORKERS = "SELECT count(DISTINCT claimed_by) FROM message WHERE claimed_by IS NOT NULL"


class House(NamedTuple):
    """All processes of one installation, and the scene they stand in."""

    scene: Scene
    parleys: list[Parley]
    workers: list[Program]


@pytest.fixture(scope="module")
def house(postgres: PostgresServer) -> Iterator[House]:
    with scene(Server(postgres)) as there, together(there) as (parleys, _, workers):
        agents.create(there.parley)
        yield House(there, parleys, workers)


def test_order_in_a_conversation_and_sending_once_hold(house: House) -> None:
    with house.scene.load.going():
        wait(lambda: everybody_works(house))
    house.scene.settle()

    found = judge(house.scene, OUR_FAULT, took=0)

    assert found.kept, found
    assert found.queued > 10
    assert found.heard > 10
    ((workers,),) = house.scene.asked(WORKERS)
    assert workers == len(house.workers)


def everybody_works(house: House) -> bool:
    """Whether much came and much went, and each worker had a part in it."""
    promises = house.scene.load.promises
    much = min(len(promises.heard), len(promises.queued)) > 20
    return much and house.scene.asked(WORKERS) == [(len(house.workers),)]


def test_a_change_made_anywhere_is_told_to_browsers_everywhere(house: House) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(parley)) for parley in house.parleys]

        house.scene.load.write(1_000_001)

        assert all("conversation" in told(stream) for stream in streams)


def listening(parley: Parley) -> socket.socket:
    cookie = agents.signed_in(parley)
    stream = opened(parley.port, wire.request("GET", "/live", {"Cookie": cookie}))
    stream.settimeout(10)
    return stream


def told(stream: socket.socket) -> dict[str, object]:
    """The first change that the stream tells of."""
    said = ""
    while not (data := CHANGE.search(said)):
        said += stream.recv(wire.CHUNK).decode()
    change: dict[str, object] = json.loads(data[1])
    return change


def test_the_rate_of_a_line_holds_for_all_workers_together(house: House) -> None:
    before = len(house.scene.kaleyra.texts)
    house.scene.told("UPDATE line SET rate = :rate", rate=RATE)
    for person in range(TEXTS):
        house.scene.load.order(person)
    house.scene.settle()
    house.scene.told("UPDATE line SET rate = NULL")

    came = [text.at.timestamp() for text in house.scene.kaleyra.texts[before:]]

    assert len(came) == TEXTS
    assert busiest_second(came) <= 2 * RATE + 1
    assert came[-1] - came[0] > (TEXTS - RATE) / RATE - 1


def busiest_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in times) for start in times)


def test_a_worker_that_dies_is_noticed_and_the_others_go_on(house: House) -> None:
    held = HeldCalls()
    house.scene.kaleyra.script(held.after_taking())
    lost = house.scene.load.order(39)
    wait(lambda: held.waiting == 1)
    worker = next(w for w in house.workers if claimed(house, lost, w))

    house.scene.kill(worker)
    died_at = time.monotonic()
    others = [house.scene.load.order(person) for person in range(20)]

    wait(lambda: {status(house, text) for text in others} == {Status.DELIVERED})
    assert status(house, lost) == Status.SENDING
    wait(lambda: status(house, lost) == Status.UNCONFIRMED, MINUTE)
    assert time.monotonic() - died_at < MINUTE


def claimed(house: House, text: int, worker: Program) -> bool:
    ((by,),) = house.scene.asked("SELECT claimed_by FROM message WHERE id = :i", i=text)
    return str(by).endswith(f":{worker.process.pid}")


def status(house: House, text: int) -> str:
    ((found,),) = house.scene.asked("SELECT status FROM message WHERE id = :i", i=text)
    return str(found)


def test_it_takes_less_than_a_minute_with_the_usual_settings_too() -> None:
    usual = Config(database_url="sqlite://").kaleyra.deadline_seconds

    lease = usual + LEASE_MARGIN.total_seconds()

    assert lease + 2 * SWEEP_SECONDS < MINUTE
