"""The faults that wait for the next texts, first come first served."""

from collections import deque

from .fault import NORMAL, Fault


class Script:
    def __init__(self) -> None:
        self._faults: deque[Fault] = deque()
        self.version = 0

    def add(self, *faults: Fault) -> None:
        self._faults.extend(faults)
        self.version += 1

    def next(self) -> Fault:
        """The fault of the text that is being sent; when none waits, all goes well."""
        try:
            fault = self._faults.popleft()
        except IndexError:
            return NORMAL
        self.version += 1
        return fault

    def clear(self) -> None:
        self._faults.clear()
        self.version += 1

    def names(self) -> list[str]:
        return [fault.name for fault in list(self._faults)]
