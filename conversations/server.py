"""Serving: granian around one worker process that answers requests and does the work.

The process that is started supervises: it listens, starts the serving process again
when that dies, and passes a stop on. Granian waits for open answers, and streams never
end by themselves: so the serving process listens for the same signal and ends them.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from conversations.config import ROOT, BadSetting, Config
from conversations.hooks.turned_away import Book
from conversations.inside import logs
from conversations.inside.version import version
from conversations.live.hub import Hub
from conversations.web.exports.many import Maker
from conversations.worker import Worker
from conversations.worker.importer import Importer
from conversations.worker.loop import Loop, switch_often

logger = logging.getLogger(__name__)

TARGET = "app:serving"
STOP_SECONDS = 15  # after the longest call to Kaleyra
BACKLOG = 2048
REST_SECONDS = 2.0
STOPPING = {signal.SIGTERM, signal.SIGINT}


def serve(config: Config) -> None:
    """Serve until told to stop.

    Granian gives up when the serving process dies twice within seconds; then we start
    afresh, for nobody else might.
    """
    refuse_taken(config.host, config.port)
    logging.getLogger("_granian").setLevel(logging.ERROR)
    while True:
        server = supervisor(config)
        with suppress(SystemExit):
            server.serve()
        if told_to_stop(server):
            return


def told_to_stop(server: Any) -> bool:
    """Whether its end was wished for; if not, rest and see if it is now."""
    if not server.interrupt_signal:
        logger.error("The serving process keeps dying; starting afresh")
        time.sleep(REST_SECONDS)
    return bool(server.interrupt_signal)


def supervisor(config: Config) -> Any:
    return Server(
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
        workers_kill_timeout=int(config.kaleyra.deadline_seconds) + STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logs.GRANIAN,
        working_dir=ROOT,
    )


def refuse_taken(host: str, port: int) -> None:
    """Say so if somebody listens there already; granian would share the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSetting(f"{host}:{port}: {error.strerror}; set PORT") from error


def start_work(app: Flask, config: Config) -> None:
    """In the serving process: start the hub and the background work."""
    logs.set_up(config)
    switch_often()
    hub = cast("Hub", app.extensions["hub"])
    book = cast("Book", app.extensions["turned_away"])
    worker = Worker(app, config) if config.worker else None
    # Exports are made where they are fetched, whoever does the other work.
    exports = Loop(app, Maker(config), threading.Event())
    exports.daemon = True  # what it was at is begun again
    imports = Loop(app, Importer(config), threading.Event())

    def stop() -> None:
        book.stop()
        hub.stop()
        exports.stop()
        imports.stop()
        if worker:
            worker.stop()

    logger.info("Serving with Parley %s", version())
    hub.start()
    exports.start()
    imports.start()
    if worker:
        worker.start()
    threading.Thread(target=stop_at_signal, args=(signals(), stop)).start()
    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()


def signals() -> socket.socket:
    """Where the numbers of the signals that this process gets can be read.

    Granian sets its own handlers later; this hears of the signals all the same.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.detach())
    return heard


def stop_at_signal(heard: socket.socket, stop: Callable[[], None]) -> None:
    while not STOPPING & set(heard.recv(16)):
        pass
    stop()


def follow(supervisor: int) -> None:
    """Stop when the supervisor is gone, so that nobody serves unsupervised."""
    while os.getppid() == supervisor:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
