"""A line to wait in: whoever has waited long for a connection gets it next.

SQLAlchemy's own pool gives it to whoever asks at the right moment. A thread that asks
again and again, as the keeper does in a flood of callbacks, then leaves the others
waiting for seconds. Here it may go first only while nobody has waited for long:
strictly in turn would keep a flood of callbacks waiting instead.
"""

import threading
import time
from collections import deque
from typing import Any

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

LONG_SECONDS = 0.05


class Turns:
    """A lock whose waiters go in order, and before newcomers once one waited long."""

    def __init__(self) -> None:
        self.free = threading.Condition()
        self.taken = False
        self.waiting: deque[float] = deque()

    def take(self, timeout: float) -> bool:
        """Wait for a turn; False when `timeout` seconds pass without one."""
        with self.free:
            if self.taken or self.waited_long():
                return self.wait(timeout)
            self.taken = True
            return True

    def waited_long(self) -> bool:
        return bool(self.waiting) and time.monotonic() - self.waiting[0] > LONG_SECONDS

    def wait(self, timeout: float) -> bool:
        since = time.monotonic()
        self.waiting.append(since)
        came = self.free.wait_for(
            lambda: not self.taken and self.waiting[0] == since, timeout
        )
        self.waiting.remove(since)
        self.taken = self.taken or came
        self.free.notify_all()
        return came

    def give(self) -> None:
        with self.free:
            self.taken = False
            self.free.notify_all()


class OneByOne(QueuePool):
    """A pool of a single connection, had in turn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turns = Turns()

    def _do_get(self) -> ConnectionPoolEntry:
        if not self.turns.take(self.timeout()):
            raise PoolTimeout("The writer's line did not move in time")
        try:
            return super()._do_get()
        except BaseException:
            self.turns.give()
            raise

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        super()._do_return_conn(record)
        self.turns.give()
