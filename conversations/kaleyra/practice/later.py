"""Work that happens a moment later, so that no request waits for a callback."""

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

WORKERS = 12

Job: TypeAlias = Callable[[], object]

logger = logging.getLogger(__name__)


class Later:
    """A clock with a heap of jobs, and a few workers that do what has become due.

    All threads are daemons: a callback that hangs keeps no process from ending. Jobs
    not yet due when it stops wait for the next start.
    """

    def __init__(self) -> None:
        self._jobs: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._due: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._running = False
        self._under_way = 0

    def busy(self, within: float) -> bool:
        """Whether a job is under way, or due in so many seconds."""
        with self._changed:
            next_one = self._until_next()
            soon = next_one is not None and next_one < within
            return self._running and (soon or self._under_way > 0)

    def do(self, delay: float, job: Job) -> None:
        due_at = time.monotonic() + delay
        with self._changed:
            heapq.heappush(self._jobs, (due_at, next(self._order), job))
            if self._jobs[0][2] is job:
                self._changed.notify()

    def start(self) -> None:
        self._running = True
        self._due = queue.SimpleQueue()
        for run in (self._keep_time, *(self._work,) * WORKERS):
            threading.Thread(target=run, args=(self._due,), daemon=True).start()

    def stop(self) -> None:
        with self._changed:
            self._running = False
            self._changed.notify_all()

    def _keep_time(self, due: queue.SimpleQueue[Job | None]) -> None:
        with self._changed:
            while self._running and due is self._due:
                self._changed.wait(self._until_next())
                self._hand_over(due)
        for _ in range(WORKERS):
            due.put(None)

    def _until_next(self) -> float | None:
        return max(0, self._jobs[0][0] - time.monotonic()) if self._jobs else None

    def _hand_over(self, due: queue.SimpleQueue[Job | None]) -> None:
        while self._running and self._jobs and self._jobs[0][0] <= time.monotonic():
            due.put(heapq.heappop(self._jobs)[2])
            self._under_way += 1

    def _work(self, due: queue.SimpleQueue[Job | None]) -> None:
        while job := due.get():
            try:
                job()
            except Exception:
                logger.exception("A callback of the practice line broke")
            finally:
                with self._changed:
                    self._under_way -= 1
