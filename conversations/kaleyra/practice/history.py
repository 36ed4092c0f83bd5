"""What happened, a JSON line per event, so that a restart does not empty the phone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class History:
    """An append-only file of events; with no path it keeps nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            mend(path)

    def append(self, event: Callable[[], dict[str, Any]]) -> None:
        """Keep the event, which is only put into words if there is a file for it."""
        if self._path is None:
            return
        with self._path.open("ab") as file:
            file.write(json.dumps(event()).encode() + b"\n")

    def events(self) -> Iterator[dict[str, Any]]:
        if self._path is None:
            return
        with self._path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                yield from parsed(line)


def mend(path: Path) -> None:
    """End the line that a killed process left half written, so that only it is lost."""
    kept = path.read_bytes()
    if kept and not kept.endswith(b"\n"):
        with path.open("ab") as file:
            file.write(b"\n")


def parsed(line: str) -> Iterator[dict[str, Any]]:
    """The event of a line, or nothing if the line is not whole."""
    try:
        yield json.loads(line)
    except ValueError:
        return
