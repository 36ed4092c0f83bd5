"""The load: customers who text and programs that order texts, all of them remembering.

Each comes again until it is answered well, as Kaleyra does when told to. What was
acknowledged is a promise; the judge holds Parley to it.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event

from bench.load import wire
from bench.load.callbacks import customer
from bench.serving import LINE, TOKEN

INBOUND = "/hooks/kaleyra/inbound"
TIMEOUT_SECONDS = 40.0
PATIENCE_SECONDS = 180.0
COME_AGAIN_SECONDS = 0.1
CUSTOMERS, CUSTOMERS_PAUSE = 4, 0.02
PROGRAMS, PROGRAMS_PAUSE = 2, 0.04
PEOPLE = 40
TWICE = 5
"""Every fifth text of a customer's comes twice, as callbacks do."""

Answer = tuple[int, bytes]
NOBODY: Answer = (0, b"")


@dataclass
class Promises:
    """What was acknowledged, and how it was answered until then."""

    heard: dict[str, float] = field(default_factory=dict)
    """Body of a customer's text -> seconds until it was answered 200."""
    queued: dict[int, float] = field(default_factory=dict)
    """Id of a text of ours -> when it was acknowledged, in seconds since 1970."""
    answers: Counter[int] = field(default_factory=Counter)
    """HTTP status -> how often; 0 is no answer at all."""


class Load:
    """Customers and programs at the doors of one installation."""

    def __init__(self, ports: Sequence[int], api_token: str) -> None:
        self.ports = ports
        self.api_token = api_token
        self.promises = Promises()
        self.stopping = Event()
        self.numbers, self.doors = count(1), count()

    @contextmanager
    def going(self, *, writing: bool = True, ordering: bool = True) -> Iterator[None]:
        """Both kinds at work; at the end all wait for their last answer."""
        self.stopping.clear()
        with ThreadPoolExecutor(CUSTOMERS + PROGRAMS) as hands:
            work = [hands.submit(self.write_on, n) for n in range(CUSTOMERS * writing)]
            work += [hands.submit(self.order_on, n) for n in range(PROGRAMS * ordering)]
            try:
                yield
            finally:
                self.stopping.set()
        for each in work:
            each.result()

    def write_on(self, _hand: int) -> None:
        while not self.stopping.is_set():
            number = next(self.numbers)
            self.write(number)
            if number % TWICE == 0:
                self.write(number)
            time.sleep(CUSTOMERS_PAUSE)

    def order_on(self, hand: int) -> None:
        """Each hand has customers of its own, so that it knows their order."""
        for turn in count():
            if self.stopping.is_set():
                return
            self.order(hand + turn % (PEOPLE // PROGRAMS) * PROGRAMS)
            time.sleep(PROGRAMS_PAUSE)

    def write(self, number: int) -> None:
        """A customer texts us, and Kaleyra calls until it is heard."""
        said = inbound(number)
        began = time.monotonic()
        self.insist(INBOUND, said, {"X-Hook-Token": TOKEN}, 200)
        waited = time.monotonic() - began
        earlier = self.promises.heard.get(said["message"], 0.0)
        self.promises.heard[said["message"]] = max(earlier, waited)

    def order(self, person: int) -> int:
        """A program orders a text to a customer; the text's id."""
        number = next(self.numbers)
        words = {"to": customer(person), "body": f"out {number}"}
        key = {**self.authority, "Idempotency-Key": f"order {number}"}
        body = self.insist("/api/v1/messages", words, key, 202)
        message = int(json.loads(body)["id"])
        self.promises.queued[message] = time.time()
        return message

    @property
    def authority(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.api_token}"}

    def insist(
        self, path: str, words: object, headers: Mapping[str, str], wanted: int
    ) -> bytes:
        """Come again until the answer is the one that is wanted; its body."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        for turn in count(next(self.doors)):
            port = self.ports[turn % len(self.ports)]
            status, body = post(port, path, json.dumps(words).encode(), headers)
            self.promises.answers[status] += 1
            if status == wanted:
                return body
            if time.monotonic() > ends_at:
                raise TimeoutError(f"{path} was answered {status}: {body[:200]!r}")
            time.sleep(COME_AGAIN_SECONDS)
        raise AssertionError


def inbound(number: int) -> dict[str, str]:
    """A customer's text; the number is in its words and in its id."""
    return {
        "source": customer(number % PEOPLE).removeprefix("+"),
        "recipient": LINE,
        "message": f"in {number}",
        "id": f"in-{number}",
    }


def post(port: int, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """One request on a connection of its own; (0, nothing) when none was answered."""
    connection = HTTPConnection(wire.HOST, port, timeout=TIMEOUT_SECONDS)
    given = {"Content-Type": "application/json", **headers}
    try:
        connection.request("POST", path, body, given)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, HTTPException):
        return NOBODY
    finally:
        connection.close()
