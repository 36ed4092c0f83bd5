"""Serving: granian around one worker process that answers requests and does the work.

The process that is started supervises: it listens, starts the serving process again
when that dies, and passes a stop on. Streams never end by themselves, so a stop first
tells the serving process to end them (SIGUSR1) and then to stop.
"""

import logging
import os
import signal
import threading
from contextlib import suppress
from typing import Any, cast

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from conversations.config import ROOT, Config
from conversations.live.hub import Hub
from conversations.worker import Worker

logger = logging.getLogger(__name__)

TARGET = "app:serving"
STOP_SECONDS = 45
BACKLOG = 2048


class Supervisor(Server):
    """Granian's server, which lets open streams end before it stops."""

    def shutdown(self, exit_code: int = 0) -> None:
        self.end_streams()
        super().shutdown(exit_code)

    def end_streams(self) -> None:
        for worker in self.wrks:
            with suppress(OSError, AttributeError, TypeError):
                os.kill(worker.inner.pid, signal.SIGUSR1)


def serve(config: Config) -> None:
    """Serve until told to stop."""
    server: Any = Supervisor(
        TARGET,
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        blocking_threads=config.threads,
        backlog=BACKLOG,
        backpressure=config.threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        working_dir=ROOT,
    )
    server.serve()


def start_work(app: Flask, config: Config) -> None:
    """In the serving process: start the hub and the background work."""
    hub = cast("Hub", app.extensions["hub"])
    worker = Worker(app, config) if config.worker else None

    def stop(*_: object) -> None:
        threading.Thread(target=hub.stop, name="farewell").start()
        if worker:
            threading.Thread(target=worker.stop, name="last-orders").start()

    signal.signal(signal.SIGUSR1, stop)
    hub.start()
    if worker:
        worker.start()
    threading.Thread(
        target=follow_parent, args=(os.getppid(), stop), daemon=True
    ).start()


def follow_parent(parent: int, stop: Any) -> None:
    """Stop when the supervisor is gone, so that nobody serves unsupervised."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(1.0)
    stop()
    os.kill(os.getpid(), signal.SIGTERM)
