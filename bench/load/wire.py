"""HTTP on a bare socket, as little of it as these measures need."""

import socket
from collections.abc import Mapping

HOST = "127.0.0.1"
CHUNK = 65536


def connect(port: int) -> socket.socket:
    sock = socket.create_connection((HOST, port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def request(
    method: str, path: str, headers: Mapping[str, str], body: bytes = b""
) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {HOST}",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def whole(answer: bytes) -> bool:
    """Whether this is a whole answer; those we ask for all announce their length."""
    head, end, body = answer.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= content_length(head)


def content_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0] or 0)


def status(answer: bytes) -> int:
    return int(answer[9:12])


def ask(port: int, sent: bytes) -> bytes:
    """One request on a connection of its own; the body of the answer."""
    with connect(port) as sock:
        return exchange(sock, sent).partition(b"\r\n\r\n")[2]


def exchange(sock: socket.socket, sent: bytes) -> bytes:
    """One request and its whole answer."""
    sock.sendall(sent)
    answer = b""
    while not whole(answer):
        if not (more := sock.recv(CHUNK)):
            raise ConnectionError("the answer broke off")
        answer += more
    return answer
