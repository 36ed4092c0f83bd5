"""The callbacks of Kaleyra: customers' texts, reports about ours, and repetitions."""

import json
from itertools import count
from uuid import uuid4

from bench.load import wire

LINE = "+12025550100"
CUSTOMERS = 2_000
REPEATED = 5
WORDS = "Hello, is my order ready to be picked up today? I can come by at about six."


class Callbacks:
    """Requests to `path`, one after the other, none like another."""

    def __init__(self, path: str, token: str) -> None:
        self.path = path
        self.headers = {"Content-Type": "application/json", "X-Hook-Token": token}
        self.run = uuid4().hex[:8]
        self.numbers = count(1)

    def __next__(self) -> bytes:
        body = json.dumps(inbound(self.run, next(self.numbers))).encode()
        return wire.request("POST", self.path, self.headers, body)


class Mixed(Callbacks):
    """Of ten: five texts, four reports about texts of ours, and one text again."""

    def __init__(self, path: str, token: str) -> None:
        super().__init__(path, token)
        self.status_path = path.replace("inbound", "status")
        self.latest = b""

    def __next__(self) -> bytes:
        number = next(self.numbers)
        kind = number % 10
        if kind == REPEATED and self.latest:
            return self.latest
        if kind > REPEATED:
            body = json.dumps(report(number)).encode()
            return wire.request("POST", self.status_path, self.headers, body)
        body = json.dumps(inbound(self.run, number)).encode()
        self.latest = wire.request("POST", self.path, self.headers, body)
        return self.latest


def report(number: int) -> dict[str, str]:
    """What became of the text whose reference ends in this number."""
    return {
        "ref": reference(number),
        "id": f"0f0f-{number:012d}:1",
        "recipient": customer(number % CUSTOMERS),
        "status": "DELIVRD",
        "description": "Message has been delivered",
        "timestamp": "2026-11-22 10:00:00",
    }


def reference(number: int) -> str:
    return f"flood-{number}"


def inbound(run: str, number: int) -> dict[str, str]:
    """A customer's text in Kaleyra's own names, about 260 bytes as JSON."""
    return {
        "source": customer(number % CUSTOMERS).removeprefix("+"),
        "recipient": LINE,
        "message": f"{WORDS} ({number})",
        "id": f"{run}-9a3e-4c1f-8d55-{number:012d}",
        "timestamp": "2026-11-22 10:00:00",
        "operator": "Example Mobile",
    }


def customer(number: int) -> str:
    """One of the numbers set aside for fiction: 555-0100 to 0199 in each area.

    Where these are too few, others of the same form: nothing is ever sent to them.
    """
    block, subscriber = divmod(number, 100)
    exchange, area = divmod(block, len(AREAS))
    return f"+1{AREAS[area]}{555 + exchange}01{subscriber:02d}"


AREAS = [
    *range(201, 211), *range(212, 221), *range(301, 311), *range(312, 321),
    *range(401, 411), *range(412, 420), *range(501, 511), *range(512, 522),
    *range(601, 611), *range(612, 621), *range(701, 711), *range(712, 721),
]  # fmt: skip
