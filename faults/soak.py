"""`python -m faults.soak`: a steady mixed load for minutes, and what memory does.

Customers write, programs order, Kaleyra reports, agents' pages are read and streams are
open. Prints what each process holds over time (PSS, which counts shared pages by their
share, and RSS), and ends with 1 when it grew on or a promise was broken.
"""

import argparse
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from threading import Event, Thread

import requests

from bench import machine
from bench.databases import POSTGRESQL, SQLITE, databases
from bench.load import wire
from bench.load.streams import opened
from bench.measures import agents
from bench.rounds import say
from bench.serving import Parley, memory_kb
from faults import report
from faults.fault import Fault
from faults.scene import Scene
from faults.trial import finding

STREAMS = 50
SAMPLES = 30
READ_SECONDS = 0.2
STEADY_SHARE, STEADY_MB = 0.05, 3.0

HEAD = (
    "| minute | heard | ordered | supervisor PSS / RSS MB | serving PSS / RSS MB |\n"
    "|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class Sample:
    """One look; megabytes of each process as (PSS, RSS)."""

    minute: float
    heard: int
    ordered: int
    held: Sequence[tuple[float, float]]

    def __str__(self) -> str:
        counts = f"| {self.minute:.1f} | {self.heard:,} | {self.ordered:,} | "
        return counts + " | ".join(f"{p:.1f} / {r:.1f}" for p, r in self.held) + " |"

    @property
    def rss(self) -> float:
        """What other programs that come and go make no difference to."""
        return sum(rss for _, rss in self.held)


@dataclass
class Soak:
    """A load of `minutes`, and what was seen meanwhile."""

    minutes: float
    samples: list[Sample] = field(default_factory=list)

    def inject(self, scene: Scene) -> None:
        agents.create(scene.parley)
        with scene.parley.serving() as running, ExitStack() as stack:
            cookie = agents.signed_in(scene.parley)
            stack.enter_context(listening(scene.parley.port, cookie))
            stack.enter_context(reading(scene.parley, cookie))
            with scene.load.going():
                self.watch(scene, running.processes())
            scene.settle()

    def watch(self, scene: Scene, pids: Sequence[int]) -> None:
        began = time.monotonic()
        promises = scene.load.promises
        while (minute := (time.monotonic() - began) / 60) < self.minutes:
            held = [(memory_kb(pid) / 1024, rss_kb(pid) / 1024) for pid in pids]
            heard, ordered = len(promises.heard), len(promises.queued)
            self.samples.append(Sample(minute, heard, ordered, held))
            say(str(self.samples[-1]))
            time.sleep(self.minutes * 60 / SAMPLES)

    @property
    def growth(self) -> float:
        """How many megabytes more the last third holds than the one before."""
        third = max(1, len(self.samples) // 3)
        rss = [sample.rss for sample in self.samples]
        return median(rss[-third:]) - median(rss[-2 * third : -third] or rss)

    @property
    def steady(self) -> bool:
        return self.growth < max(STEADY_MB, STEADY_SHARE * self.samples[-1].rss)

    def __str__(self) -> str:
        word = "steady" if self.steady else "NOT STEADY"
        verdict = f"{word}: RSS {self.growth:+.1f} MB from one third to the last."
        return "\n".join([HEAD, *map(str, self.samples), "", verdict])


@contextmanager
def listening(port: int, cookie: str) -> Iterator[None]:
    """Browsers that are open all the time, each reading what it is told."""
    request = wire.request("GET", "/live", {"Cookie": cookie})
    with ExitStack() as stack:
        socks = [stack.enter_context(opened(port, request)) for _ in range(STREAMS)]
        for sock in socks:
            Thread(target=drain, args=(sock,), daemon=True).start()
        yield


def drain(sock: socket.socket) -> None:
    try:
        while sock.recv(wire.CHUNK):
            pass
    except OSError:
        return


@contextmanager
def reading(parley: Parley, cookie: str) -> Iterator[None]:
    """An agent who looks at the inbox all the time."""
    stopping = Event()

    def read() -> None:
        with requests.Session() as browser:
            while not stopping.wait(READ_SECONDS):
                browser.get(f"{parley.url}/", headers={"Cookie": cookie}, timeout=60)

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        yield
    finally:
        stopping.set()
        reader.join()


def rss_kb(pid: int) -> int:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(status.read().partition("VmRSS:")[2].split()[0])


def main() -> int:
    asked = arguments()
    good = True
    for kind in asked.database or (SQLITE,):
        with databases(kind) as here:
            soak = Soak(asked.minutes)
            fault = Fault(name="soak", sentence="a steady load", inject=soak.inject)
            found = finding(fault, here)
            print(machine.facts([here.description()]), soak, sep="\n\n")
            print("", report.table([found]), sep="\n")
            good = good and soak.steady and found.kept
    return 0 if good else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), action="append")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
