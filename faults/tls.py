"""Kaleyra behind TLS that is not to be trusted: it vouches for itself, or is mute."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

OPENSSL = (
    "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1"
    " -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem"
)
ACCEPT_SECONDS = 0.1
CHUNK = 65_536

Guest = Callable[[socket.socket], None]


class Front:
    """A port before Kaleyra's; `heard` is what came in readable, and should not."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(ACCEPT_SECONDS)
        self.callers = 0
        self.heard = b""
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self, guest: Guest) -> None:
        while not self.over.is_set():
            with suppress(TimeoutError):
                caller, _ = self.listener.accept()
                self.callers += 1
                threading.Thread(target=guest, args=[caller], daemon=True).start()


@contextmanager
def fronted(guest_of: Callable[[Front], Guest]) -> Iterator[Front]:
    front = Front()
    thread = threading.Thread(target=front.serve, args=[guest_of(front)])
    thread.start()
    try:
        yield front
    finally:
        front.over.set()
        thread.join()
        front.listener.close()


@contextmanager
def self_signed() -> Iterator[Front]:
    """It answers with a certificate that nobody else vouches for."""
    with TemporaryDirectory(prefix="parley-tls-") as folder:
        subprocess.run(OPENSSL.split(), cwd=folder, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(folder, "cert.pem"), Path(folder, "key.pem"))

    def guest_of(front: Front) -> Guest:
        def listen(caller: socket.socket) -> None:
            with suppress(OSError), context.wrap_socket(caller, server_side=True) as it:
                front.heard += it.recv(CHUNK)

        return listen

    with fronted(guest_of) as front:
        yield front


@contextmanager
def wordless() -> Iterator[Front]:
    """It takes the connection, and its half of the handshake never comes."""

    def guest_of(front: Front) -> Guest:
        def say_nothing(caller: socket.socket) -> None:
            with caller:
                front.over.wait()

        return say_nothing

    with fronted(guest_of) as front:
        yield front
