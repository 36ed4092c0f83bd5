"""The slow Kaleyra of `load.provider`, running beside a measure."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load import wire
from conversations.config import ROOT

Arrival = tuple[float, str]


class Kaleyra:
    """Where it listens, and what came to it."""

    def __init__(self, port: int) -> None:
        self.port = port

    @property
    def url(self) -> str:
        return f"http://{wire.HOST}:{self.port}"

    def arrivals(self) -> list[Arrival]:
        """(seconds since 1970, the text's body), in the order they came."""
        answer = wire.ask(self.port, wire.request("GET", "/arrivals", {}))
        return [(at, body) for at, body in json.loads(answer)]


@contextmanager
def kaleyra() -> Iterator[Kaleyra]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load.provider"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield Kaleyra(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.communicate()
