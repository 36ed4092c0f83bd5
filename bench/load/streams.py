"""Browsers that stay open: streams of news, each line noted when it comes.

`python -m bench.load.streams PORT COOKIE --streams 1100` opens them, then says "ready",
listens until its input ends, and prints for each line that came [seconds since 1970,
the stream's number, the message's id].
"""

import argparse
import json
import resource
import select
import socket
import sys
import time
from dataclasses import dataclass, field

from bench.load import wire

SPARE_FILES = 100


@dataclass
class Streams:
    """All streams of one process and what they heard."""

    heard: list[tuple[float, int, int]] = field(default_factory=list)
    rest: dict[int, bytes] = field(default_factory=dict)

    def open(self, port: int, cookie: str, count: int) -> list[socket.socket]:
        headers = {"Cookie": cookie, "Accept": "text/event-stream"}
        request = wire.request("GET", "/live", headers)
        return [opened(port, request) for _ in range(count)]

    def listen(self, socks: list[socket.socket]) -> None:
        """Take down what comes until standard input ends."""
        poll = select.epoll()
        numbers = {sock.fileno(): number for number, sock in enumerate(socks)}
        for sock in socks:
            poll.register(sock, select.EPOLLIN)
        poll.register(sys.stdin, select.EPOLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == sys.stdin.fileno():
                    return
                number = numbers[descriptor]
                self.hear(number, socks[number].recv(wire.CHUNK))

    def hear(self, number: int, said: bytes) -> None:
        now = time.time()
        if not said:
            raise ConnectionError(f"stream {number} ended")
        *lines, rest = (self.rest.get(number, b"") + said).split(b"\n")
        self.rest[number] = rest
        for line in lines:
            if line.startswith(b'data: {"conversation'):
                message = json.loads(line.removeprefix(b"data: "))["message"]
                self.heard.append((now, number, message))


def opened(port: int, request: bytes) -> socket.socket:
    """A stream that has said hello."""
    sock = wire.connect(port)
    sock.sendall(request)
    said = b""
    while b": listening" not in said:
        more = sock.recv(wire.CHUNK)
        if not more or (said and not said.startswith(b"HTTP/1.1 200")):
            raise ConnectionError(f"no stream: {(said + more)[:200]!r}")
        said += more
    return sock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("cookie")
    parser.add_argument("--streams", type=int, default=1100)
    asked = parser.parse_args()
    files = asked.streams + SPARE_FILES
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, most), most))
    streams = Streams()
    socks = streams.open(asked.port, asked.cookie, asked.streams)
    print("ready", flush=True)
    streams.listen(socks)
    print(json.dumps(streams.heard))


if __name__ == "__main__":
    main()
