"""Clients who are slow to speak and slow to listen, at our door and at a proxy's."""

import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests

from bench.load import wire
from bench.serving import TOKEN, Program
from faults.fault import Skipped, fault
from faults.load import INBOUND
from faults.matrix.hosts import BODY, PROMPT_SECONDS, UNSAID
from faults.scene import Scene, wait
from tests.support import proxies
from tests.support.stage import free_port

SPEAKERS, LISTENERS = 100, 50
LITTLE = 4_096
"""Bytes that somebody slow has room for."""
ASKED_AT_ONCE = 40
LOOK_SECONDS = 1.0
STYLES = re.compile(r'/static/[^"]*parley\.css')


@fault()
def slow_readers(scene: Scene) -> None:
    """100 clients that ask for much and read none of it, under load"""
    with scene.parley.serving() as program:
        port = scene.parley.port
        under_load(scene, program, port, speakers=0, listeners=2 * LISTENERS)


@fault(TRUSTED_PROXIES=1)
def slow_clients_behind_nginx(scene: Scene) -> None:
    """100 mute and 50 deaf clients before nginx, under load"""
    nginx = found(lambda: proxies.needed("nginx"))
    with place() as (folder, port), scene.parley.serving() as program:
        proxies.certificate(folder)
        config = proxies.nginx_config(folder, port, [scene.parley.port] * 2)
        # The load speaks plain HTTP; all else is as it is shipped.
        shipped = folder / "parley.conf"
        shipped.write_text(shipped.read_text().replace(" ssl http2;", ";"))
        behind(scene, program, [nginx, "-c", str(config)], folder, port)


@fault(TRUSTED_PROXIES=1)
def slow_clients_behind_caddy(scene: Scene) -> None:
    """100 mute and 50 deaf clients before Caddy, under load"""
    caddy = found(proxies.needed_caddy)
    with place() as (folder, port), scene.parley.serving() as program:
        config = proxies.caddy_config(folder, port, scene.parley.port)
        words = [caddy, "run", "--adapter", "caddyfile", "--config", str(config)]
        behind(scene, program, words, folder, port)


def found(needed: Callable[[], str]) -> str:
    """Where a proxy is; without it, or of an old one, the fault cannot be made."""
    try:
        return needed()
    except pytest.skip.Exception as why:
        raise Skipped(str(why)) from why


@contextmanager
def place() -> Iterator[tuple[Path, int]]:
    with TemporaryDirectory(prefix="parley-proxy-") as folder:
        yield Path(folder), free_port()


def behind(
    scene: Scene, program: Program, words: Sequence[str], folder: Path, port: int
) -> None:
    """Everybody comes by the proxy, the slow and the prompt."""
    with proxies.running(words, f"http://127.0.0.1:{port}", folder):
        scene.load.ports = [port]
        under_load(scene, program, port, speakers=SPEAKERS, listeners=LISTENERS)


def under_load(
    scene: Scene, program: Program, port: int, *, speakers: int, listeners: int
) -> None:
    page = requests.get(f"http://127.0.0.1:{port}/sign-in", timeout=10).text
    styles = STYLES.findall(page)[0]
    with ExitStack() as stack:
        for number in range(speakers):
            stack.enter_context(mute(port, number))
        for _ in range(listeners):
            stack.enter_context(deaf(port, styles))
        wait(lambda: resting(program))
        with scene.load.going():
            time.sleep(scene.seconds(10, 2))
    slowest = max(scene.load.promises.heard.values())
    scene.expect(slowest < PROMPT_SECONDS, f"a callback waited {slowest:.1f} s")
    scene.settle()


def resting(program: Program) -> bool:
    """Whether it has said all that there is room for, and waits to be read."""
    before = program.cpu_seconds()
    time.sleep(LOOK_SECONDS)
    return program.cpu_seconds() - before < LOOK_SECONDS / 4


def mute(port: int, number: int) -> socket.socket:
    """Says half a callback and nothing more."""
    headers = {"X-Hook-Token": TOKEN, "Content-Type": "application/json"}
    sock = wire.connect(port)
    sock.sendall(wire.request("POST", INBOUND, headers, BODY % number)[:-UNSAID])
    return sock


def deaf(port: int, path: str) -> socket.socket:
    """Asks for the styles many times over and never reads."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
    sock.connect((wire.HOST, port))
    sock.sendall(wire.request("GET", path, {}) * ASKED_AT_ONCE)
    return sock


PROXIES = (slow_readers, slow_clients_behind_nginx, slow_clients_behind_caddy)
