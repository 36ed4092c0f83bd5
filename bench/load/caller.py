"""Kaleyra in a hurry: on each connection a callback as soon as the last is answered.

`python -m bench.load.caller PORT PATH TOKEN --seconds 4 --connections 32`; with
`--mixed --count 20000` it makes so many calls of all kinds instead.
"""

import argparse
import json
import select
import socket
import time
from dataclasses import dataclass, field
from math import inf

from bench.figures import latencies
from bench.load import wire
from bench.load.callbacks import Callbacks, Mixed


@dataclass(slots=True)
class Line:
    """A connection and the answer it waits for."""

    sock: socket.socket
    sent_at: float = 0.0
    answer: bytes = b""

    def send(self, request: bytes) -> None:
        self.answer = b""
        self.sent_at = time.perf_counter()
        self.sock.sendall(request)

    def hear(self) -> bool:
        """Read what came; whether the answer is whole."""
        more = self.sock.recv(wire.CHUNK)
        if not more:
            raise ConnectionError("the server hung up")
        self.answer += more
        return wire.whole(self.answer)


@dataclass
class Caller:
    """Keeps every connection busy for a while and times the answers."""

    port: int
    callbacks: Callbacks
    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    most: float = inf

    def call(self, connections: int, duration: float) -> float:
        """Call for `duration` seconds; how long it took until the last answer."""
        poll = select.epoll()
        lines = {}
        for _ in range(connections):
            sock = wire.connect(self.port)
            poll.register(sock, select.EPOLLIN)
            lines[sock.fileno()] = Line(sock)
        began_at = time.perf_counter()
        for line in lines.values():
            line.send(next(self.callbacks))
        self.answer_all(poll, lines, began_at + duration)
        return time.perf_counter() - began_at

    def answer_all(
        self, poll: select.epoll, lines: dict[int, Line], ends_at: float
    ) -> None:
        open_lines = len(lines)
        while open_lines:
            for descriptor, _ in poll.poll():
                line = lines[descriptor]
                if not line.hear():
                    continue
                now = time.perf_counter()
                self.seconds.append(now - line.sent_at)
                self.refused += wire.status(line.answer) != 200
                if now < ends_at and len(self.seconds) + open_lines <= self.most:
                    line.send(next(self.callbacks))
                else:
                    open_lines -= 1

    def summary(self, duration: float) -> dict[str, float | None]:
        times = latencies(self.seconds)
        answered = len(self.seconds)
        return {
            "answered": answered,
            "refused": self.refused,
            "rate": answered / duration,
            "p50": times.p50,
            "p99": times.p99,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("token")
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--count", type=float, default=inf)
    parser.add_argument("--mixed", action="store_true")
    asked = parser.parse_args()
    kind = Mixed if asked.mixed else Callbacks
    caller = Caller(asked.port, kind(asked.path, asked.token), most=asked.count)
    print(json.dumps(caller.summary(caller.call(asked.connections, asked.seconds))))


if __name__ == "__main__":
    main()
