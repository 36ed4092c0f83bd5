"""Faults of the connection: an answer that never comes, never ends, or breaks off.

Where an answer has begun, its first line says 202, so the text was taken.
"""

from collections.abc import Iterator

from flask import Response

from ..connections import Wire
from .fault import Answer, Fault, answers

NEVER_SECONDS = 30.0
CHUNK = b" " * 65_536


def hang(seconds: float = NEVER_SECONDS) -> Fault:
    """Take the request, say nothing for so long, then hang up; the text is lost."""
    return answers("hang", silence(seconds))


def hang_after_accepting(seconds: float = NEVER_SECONDS) -> Fault:
    return answers("hang_after_accepting", silence(seconds), accepted=True)


def cut(*, accepted: bool = False, in_body: bool = False) -> Fault:
    """Hang up at once: before any answer, or in the middle of a good one."""
    if in_body:
        return Fault("cut_in_body", spoil=halved)
    return answers("cut", cut_off, accepted=accepted)


def drip(every: float = 0.2) -> Fault:
    """Answer with one byte now and then, without end."""
    return Fault("drip", spoil=lambda wire, _good: endless(wire, b" ", every))


def huge() -> Fault:
    """Answer as fast as the network takes it, without end."""
    return Fault("huge", spoil=lambda wire, _good: endless(wire, CHUNK, 0))


def slow(seconds: float = 3) -> Fault:
    """Answer well, but only after a while."""

    def late_answer(wire: Wire, good: Response) -> Response:
        wire.wait(seconds)
        return good

    return Fault("slow", spoil=late_answer)


def silence(seconds: float) -> Answer:
    def answer(wire: Wire) -> Response:
        wire.wait(seconds)
        return cut_off(wire)

    return answer


def cut_off(wire: Wire) -> Response:
    wire.cut()
    return Response()


def halved(wire: Wire, good: Response) -> Response:
    whole = good.get_data()

    def half() -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        wire.cut()

    length = {"Content-Length": str(len(whole))}
    return Response(half(), good.status, length, content_type=good.content_type)


def endless(wire: Wire, piece: bytes, every: float) -> Response:
    def pieces() -> Iterator[bytes]:
        yield b'{"id": "'
        while not wire.wait(every):
            yield piece

    return Response(pieces(), 202, content_type="application/json")
