"""How soon a single text reaches Kaleyra after somebody was told that it is stored."""

import json
import time
from collections.abc import Iterator

from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run, latencies
from bench.load import wire
from bench.load.callbacks import customer
from bench.measures.kaleyra import kaleyra
from bench.report import Table
from bench.rounds import wait_for_quiet
from bench.serving import Parley

PAUSE_SECONDS = 0.05
LAST_ONES_SECONDS = 1.0
PATH = "/api/v1/messages"
GOAL = Goal(p50=5, p99=20)


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    answering, arriving = replying(databases.migrated(), effort.replies)
    figures = [
        Figure(what="POST /api/v1/messages, answered", run=answering),
        Figure(
            what="from the answer to its arrival at Kaleyra", run=arriving, goal=GOAL
        ),
    ]
    yield Table(f"Single texts, {databases.name}", figures)


def replying(url: str, count: int) -> tuple[Run, Run]:
    with kaleyra() as provider:
        parley = Parley(url, KALEYRA_BASE_URL=provider.url)
        token = parley.flask("token", "create", "bench").split()[-1]
        with parley.serving():
            post(parley.port, token, "warm", 0)
            wait_for_quiet()
            spoken = [spaced(parley.port, token, number) for number in range(count)]
            time.sleep(LAST_ONES_SECONDS)
        arrived_at = {body: at for at, body in provider.arrivals()}
    answering = [answered_at - asked_at for _, asked_at, answered_at in spoken]
    # The text may be quicker than the answer.
    arriving = [
        max(0.0, arrived_at[body] - answered_at) for body, _, answered_at in spoken
    ]
    return latencies(answering), latencies(arriving)


def spaced(port: int, token: str, number: int) -> tuple[str, float, float]:
    """One text on its own: its body, when it was asked for and when answered."""
    time.sleep(PAUSE_SECONDS)
    body = f"Reply {number}"
    asked_at = time.time()
    post(port, token, body, number)
    return body, asked_at, time.time()


def post(port: int, token: str, body: str, number: int) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    content = json.dumps({"to": customer(number), "body": body}).encode()
    answer = json.loads(wire.ask(port, wire.request("POST", PATH, headers, content)))
    if "id" not in answer:
        raise RuntimeError(f"not taken: {answer}")
