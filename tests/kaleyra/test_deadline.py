"""What became of a call that ran out of time, or never came to be: did it leave?"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import requests

from conversations.config import Kaleyra
from conversations.kaleyra.answers import Answer, NotSent, OutgoingText, Unconfirmed
from conversations.kaleyra.client import Client
from conversations.kaleyra.deadline import WatchedAdapter, deadline

TEXT = OutgoingText(
    message_id=1,
    line_id=1,
    reference="our-uuid",
    sender="+12025550100",
    to="+12025550142",
    body="Hello",
    unicode=False,
)
TLS_RECORD = b"\x16\x03\x03\x00\x60"

Behaviour = Callable[[socket.socket], object]


@contextmanager
def listening(behave: Behaviour) -> Iterator[int]:
    """The port of a server that does this with each connection, then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server, behave), daemon=True).start()
        yield server.getsockname()[1]


def serve(server: socket.socket, behave: Behaviour) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                behave(connection)


def close(connection: socket.socket) -> None:
    """Say nothing."""


def speak_plainly(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def refuse_tls(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"\x15\x03\x03\x00\x02\x02\x28")  # handshake failure


def drip_tls(connection: socket.socket) -> None:
    connection.sendall(TLS_RECORD)
    for _ in range(50):
        time.sleep(0.1)
        connection.sendall(b"\x00")


def hear_and_close(connection: socket.socket) -> None:
    connection.recv(65536)


def send(scheme: str, port: int) -> Answer:
    address = f"{scheme}://127.0.0.1:{port}"
    settings = Kaleyra(base_url=address, sid="SID", api_key="key", connect_timeout=2)
    return Client(settings, "http://127.0.0.1/hooks", "token").send(TEXT)


@pytest.mark.parametrize("behave", [close, speak_plainly, refuse_tls])
def test_what_fails_before_tls_is_agreed_on_surely_never_left(
    behave: Behaviour,
) -> None:
    with listening(behave) as port:
        assert isinstance(send("https", port), NotSent)


def test_what_breaks_off_after_the_request_may_have_arrived() -> None:
    with listening(hear_and_close) as port:
        assert isinstance(send("http", port), Unconfirmed)


@pytest.fixture
def http() -> requests.Session:
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, WatchedAdapter(max_retries=0))
    return session


def test_nothing_is_written_once_the_time_is_over(http: requests.Session) -> None:
    heard: list[bytes] = []
    done = threading.Event()

    def hear(connection: socket.socket) -> None:
        heard.append(connection.recv(4096))
        done.set()

    with listening(hear) as port:
        late = pytest.raises(requests.exceptions.ConnectTimeout)
        with late, deadline(0) as limit:
            http.post(f"http://127.0.0.1:{port}/", data="Hello", timeout=1)
        assert done.wait(5)

    assert heard == [b""]
    assert not limit.begun


def test_agreeing_on_tls_ends_in_time_too(http: requests.Session) -> None:
    began = time.monotonic()

    cut = pytest.raises(requests.exceptions.ConnectionError)
    with listening(drip_tls) as port, cut, deadline(0.3) as limit:
        http.get(f"https://127.0.0.1:{port}/", timeout=2)

    assert time.monotonic() - began < 3
    assert not limit.begun


def test_a_kept_connection_is_watched_as_well(http: requests.Session) -> None:
    answers = iter([b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 "])

    def answer(connection: socket.socket) -> None:
        for words in answers:
            connection.recv(4096)
            connection.sendall(words)
        time.sleep(4)

    began = time.monotonic()
    with listening(answer) as port:
        url = f"http://127.0.0.1:{port}/"
        with deadline(5):
            assert http.get(url, timeout=10).ok
        cut = pytest.raises(requests.exceptions.ConnectionError)
        with cut, deadline(0.3) as limit:
            http.get(url, timeout=10)

    assert time.monotonic() - began < 3
    assert limit.begun
