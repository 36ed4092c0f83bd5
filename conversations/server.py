"""Serving: granian around one worker process that answers requests and does the work.

The process that is started supervises: it listens, starts the serving process again
when that dies, and passes a stop on. Granian waits for open answers, and streams never
end by themselves: so the serving process hears the same signal and ends them.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, cast

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from conversations import stopping
from conversations.config import BadSetting, Config
from conversations.hooks.turned_away import Book
from conversations.inside import logs
from conversations.inside.version import version
from conversations.live.hub import Hub
from conversations.web.exports.many import Maker
from conversations.worker import Worker
from conversations.worker.importer import Importer
from conversations.worker.loop import Loop, switch_often

logger = logging.getLogger(__name__)

TARGET = "app:create_app"  # what granian calls us in its log
STOP_SECONDS = 15  # after the longest call to Kaleyra
BACKLOG = 2048
REST_SECONDS = 2.0
MOMENT_SECONDS = 0.05

CreateApp = Callable[[Config], Flask]


class Supervisor(MPServer):
    """Granian's, with a lifeline to the serving process: cut when that is to stop.

    For a signal that reaches a process just as it is born is lost.
    """

    lifeline: Connection

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]
        with suppress(OSError):  # a second signal just then
            self.lifeline.close()


def serve(config: Config, create_app: CreateApp) -> None:
    """Serve until told to stop.

    Granian gives up when the serving process dies twice within seconds; then we start
    afresh, for nobody else might.
    """
    refuse_taken(config.host, config.port)
    logging.getLogger("_granian").setLevel(logging.ERROR)
    while True:
        server = supervisor(config)
        held, server.lifeline = Pipe(duplex=False)
        load = partial(begin, config, create_app, held, server.lifeline)
        with suppress(SystemExit):
            server.serve(target_loader=load, wrap_loader=False)
        if told_to_stop(server):
            return


def told_to_stop(server: Supervisor) -> bool:
    """Whether its end was wished for; if not, rest and see if it is now."""
    if not server.interrupt_signal:
        logger.error("The serving process keeps dying; starting afresh")
        time.sleep(REST_SECONDS)
    return bool(server.interrupt_signal)


def supervisor(config: Config) -> Supervisor:
    return Supervisor(
        TARGET,
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
    )


def refuse_taken(host: str, port: int) -> None:
    """Say so if somebody listens there already; granian would share the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSetting(f"{host}:{port}: {error.strerror}; set PORT") from error


def begin(
    config: Config, create_app: CreateApp, held: Connection, lifeline: Connection
) -> Flask:
    """The app in the process that serves, with its background work running.

    `held` is the end of the lifeline that this process keeps; the other, its
    supervisor's, it has only for being a fork.
    """
    stopping.keep_for_later()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not its supervisor's any more
    lifeline.close()
    app = create_app(config)
    threading.Thread(target=follow, args=(held,), daemon=True).start()
    stop = start_work(app, config)
    threading.Thread(target=stop_when_told, args=(stop,), daemon=True).start()
    return app


def start_work(app: Flask, config: Config) -> Callable[[], None]:
    """Start the hub and the background work; the answer stops them."""
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
    return stop


def stop_when_told(stop: Callable[[], None]) -> None:
    stopping.until_told()
    tell_granian()
    stop()


def tell_granian() -> None:
    """Do once what its handler of signals would do, which hangs when it is told thrice.

    It has none yet when it is only just starting.
    """
    while not callable(handler := signal.getsignal(signal.SIGTERM)):
        time.sleep(MOMENT_SECONDS)
    handler(signal.SIGTERM, None)


def follow(held: Connection) -> None:
    """Stop when the supervisor stops or is gone, so that nobody serves unsupervised."""
    held.poll(None)
    os.kill(os.getpid(), signal.SIGTERM)
