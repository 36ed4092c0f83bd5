"""Measuring in rounds: all in turn, again and again, so that ratios hold.

Whatever else the machine is doing then meets all of them alike. Each waits a little for
the machine to be quiet, because some of it is gone after a moment.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.figures import Run, middle

Findings = Mapping[str, Run]

QUIET = 0.15
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 20.0


def alternate(
    contenders: Sequence[Callable[[], Findings]], rounds: int
) -> dict[str, Run]:
    """Run them all in each round, in both directions; the medians by name."""
    found: dict[str, list[Run]] = {}
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            wait_for_quiet()
            for name, run in contender().items():
                found.setdefault(name, []).append(run)
                say(f"  {name}: {run}")
    return {name: middle(runs) for name, runs in found.items()}


def wait_for_quiet() -> None:
    """Wait until next to nothing runs here, but not for long."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while busy() > QUIET and time.monotonic() < ends_at:
        pass


def busy() -> float:
    """The share of all processors in use over the next moment."""
    idle, total = ticks()
    time.sleep(LOOK_SECONDS)
    idle_later, total_later = ticks()
    return 1 - (idle_later - idle) / (total_later - total)


def ticks() -> tuple[int, int]:
    """(idle, all) of the processors so far."""
    first = Path("/proc/stat").read_text().partition("\n")[0]
    counts = [int(count) for count in first.split()[1:9]]
    return counts[3] + counts[4], sum(counts)


def say(words: str) -> None:
    """Tell whoever waits, apart from the report."""
    print(words, file=sys.stderr, flush=True)
