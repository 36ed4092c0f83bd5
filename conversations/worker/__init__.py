"""The background work of one process: read the journal, send what waits, sweep up.

Any number of processes, on any number of hosts, may do it on the same database.
"""

import logging
import threading
from typing import cast

from flask import Flask

from conversations.config import Config
from conversations.hooks.keeper import Keeper
from conversations.live.hub import Hub
from conversations.worker.asker import Asker
from conversations.worker.indexer import Indexer
from conversations.worker.loop import Loop
from conversations.worker.reader import Reader
from conversations.worker.sender import Sender
from conversations.worker.sweeper import Sweeper

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 60.0


class Worker:
    """A few loops and the bells that wake them, `apart` from where web is served."""

    def __init__(self, app: Flask, config: Config, *, apart: bool = False) -> None:
        keeper = cast("Keeper", app.extensions["keeper"])
        hub = cast("Hub", app.extensions["hub"])
        outbox_bell = threading.Event()
        sender = Sender(app, config, outbox_bell)
        self.loops = [
            Loop(app, Reader(config.default_region, apart=apart), keeper.bell),
            Loop(app, sender, outbox_bell),
            Loop(app, Asker(config), threading.Event()),
            Loop(app, Indexer(), threading.Event()),
        ]
        sweeper = Sweeper(
            sender.worker, self.well, config.journal_days, config.longest_wait
        )
        self.loops.append(Loop(app, sweeper, threading.Event()))
        hub.bells += [keeper.bell, outbox_bell]

    def well(self) -> bool:
        """Whether every job gets on; one that does not is named in the log."""
        stuck = [loop.name for loop in self.loops if loop.stuck()]
        if stuck:
            logger.error("No step of %s has ended for a minute", ", ".join(stuck))
        return not stuck

    def start(self) -> None:
        for loop in self.loops:
            loop.start()

    def stop(self) -> None:
        """Take nothing new, finish what is in hand, and return when it is done."""
        for loop in self.loops:
            loop.stop()
        for loop in self.loops:
            loop.join(PATIENCE_SECONDS)
