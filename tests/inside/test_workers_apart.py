"""Workers in processes of their own: what is counted there can be asked there."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest
import requests

from bench.databases import POSTGRESQL, SQLITE, Databases, Files, Server
from bench.load import wire
from bench.load.streams import opened
from bench.measures import agents
from conversations.kaleyra.practice import faults
from faults.scene import Scene, scene
from tests.support.stage import free_port

pytestmark = pytest.mark.timeout(180)

ACCEPTED = 'parley_process_calls_total{outcome="accepted",reason=""}'
REFUSED = 'parley_process_calls_total{outcome="refused",reason="400"}'
HEARD = 'parley_process_callbacks_total{address="inbound",code="200"}'
STREAMS = "parley_process_streams"
WAITING = 'parley_outbox_texts{status="queued"}'


class Apart(NamedTuple):
    """A web process and a worker, and where each tells its numbers."""

    scene: Scene
    web: str
    worker: str


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    if request.param == SQLITE:
        return Files(tmp_path_factory.mktemp("apart"))
    return Server(request.getfixturevalue("postgres"))


@pytest.fixture(scope="module")
def apart(databases: Databases) -> Iterator[Apart]:
    port = free_port()
    with ExitStack() as stack:
        there = stack.enter_context(scene(databases, METRICS_PORT=port))
        agents.create(there.parley)
        stack.enter_context(there.web_alone())
        stack.enter_context(there.parley.working())
        yield Apart(there, there.parley.url, f"http://127.0.0.1:{port}")


def told(url: str) -> dict[str, float]:
    lines = requests.get(f"{url}/metrics", timeout=10).text.splitlines()
    numbers = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(number) for name, _, number in numbers}


def test_calls_are_told_by_the_worker_that_made_them(apart: Apart) -> None:
    apart.scene.kaleyra.script(faults.refuse())
    for person in range(4):
        apart.scene.load.order(person)
    apart.scene.settle()

    worker, web = told(apart.worker), told(apart.web)

    assert (worker[ACCEPTED], worker[REFUSED]) == (3, 1)
    assert not any("process_calls_total" in name for name in web)
    assert worker[WAITING] == web[WAITING] == 0


def test_callbacks_and_streams_are_told_by_the_web_process(apart: Apart) -> None:
    cookie = agents.signed_in(apart.scene.parley)
    before = told(apart.web).get(HEARD, 0)
    apart.scene.load.write(1)
    with opened(
        apart.scene.parley.port, wire.request("GET", "/live", {"Cookie": cookie})
    ):
        web, worker = told(apart.web), told(apart.worker)

    assert web[HEARD] == before + 1
    assert (web[STREAMS], worker[STREAMS]) == (1, 0)
    assert HEARD not in worker


@pytest.mark.parametrize("path", ["/", "/sign-in", "/hooks/kaleyra/inbound"])
def test_a_worker_answers_nothing_else(apart: Apart, path: str) -> None:
    assert requests.get(apart.worker + path, timeout=10).status_code == 404


def test_a_worker_tells_nobody_else(apart: Apart) -> None:
    far = {"X-Forwarded-For": "203.0.113.9"}

    answer = requests.get(f"{apart.worker}/metrics", headers=far, timeout=10)

    assert answer.status_code == 404


def test_another_worker_at_the_same_port_says_so_and_does_not_start(
    apart: Apart,
) -> None:
    with pytest.raises(RuntimeError, match="Address already in use; set METRICS_PORT"):
        apart.scene.parley.flask("worker")
