"""Callbacks repeated, reversed, early, about nobody, and poisonous."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException

from bench.load import wire
from bench.serving import TOKEN
from conversations.kaleyra.practice import faults as answers
from conversations.texting.status import Status
from faults.fault import fault
from faults.load import INBOUND, inbound, post
from faults.scene import Scene, wait

STATUS = "/hooks/kaleyra/status"
SECRET = {"X-Hook-Token": TOKEN}
CROWD = 50
TEXTS = 12
UNKNOWN = 20
KEPT = "SELECT count(*) FROM callback"
PARKED = "SELECT count(*) FROM delivery_report WHERE message_id IS NULL"

POISON = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b"NaN",
    b"[" * 30_000,
    b'{"a":' * 10_000,
    b'{"message": "\\ud800", "source": "12025550142", "recipient": "x"}',
    b'{"message": "a\\u0000b", "source": "12025550142"}',
    b"\x00\x01\x02\xff\xfe",
    "message=caf\xe9".encode("latin-1"),
    b'{"message": ' + b"9" * 5_000 + b"}",
    b"x" * (64 * 1024),
)
TOO_MUCH = b"x" * (64 * 1024 + 1)
OK, TOO_LARGE = 200, 413


@fault()
def reports_confused(scene: Scene) -> None:
    """Reports reversed, doubled, and before the answer to the send"""
    confused = [answers.reordered(), answers.doubled(), answers.early()]
    scene.kaleyra.script(*confused * (TEXTS // len(confused)))
    with scene.parley.serving():
        for person in range(TEXTS):
            scene.load.order(person)
        scene.settle()
        delivered(scene)


def delivered(scene: Scene) -> None:
    try:
        wait(lambda: set(scene.statuses()) == {Status.DELIVERED}, 10)
    except TimeoutError:
        scene.expect(kept=False, promise=f"ended {sorted(set(scene.statuses()))}")


@fault()
def reports_for_unknown_texts(scene: Scene) -> None:
    """Reports for ids that nobody knows, among others"""
    with scene.parley.serving():
        for number in range(UNKNOWN):
            report = {"id": f"nobody-{number}:1", "status": "Delivered"}
            answer, _ = post(
                scene.parley.port, STATUS, json.dumps(report).encode(), SECRET
            )
            scene.expect(answer == OK, f"answered {answer}")
            scene.load.order(number)
        scene.settle()
    scene.expect(scene.asked(PARKED) == [(UNKNOWN,)], "a report was not kept")


@fault()
def same_text_in_a_crowd(scene: Scene) -> None:
    """The same customer's text 50 times at once"""
    with scene.parley.serving():
        at_once(lambda _: scene.load.write(7))
        scene.settle()
    scene.expect(set(scene.load.promises.answers) == {OK}, "not all answered 200")
    scene.expect(scene.asked(KEPT) == [(CROWD,)], "a callback was not kept")


@fault()
def same_order_in_a_crowd(scene: Scene) -> None:
    """The same order of a text, with one Idempotency-Key, 50 times at once"""
    words = {"to": inbound(3)["source"], "body": "out 1"}
    key = {**scene.load.authority, "Idempotency-Key": "one press"}
    with scene.parley.serving():
        ids = at_once(
            lambda _: json.loads(
                scene.load.insist("/api/v1/messages", words, key, 202)
            )["id"]
        )
        scene.settle()
    scene.expect(len(set(ids)) == 1, f"{len(set(ids))} texts of one order")
    scene.expect(len(scene.statuses()) == 1, "more than one text stored")


def at_once(act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(act, range(CROWD)))


@fault()
def poison_bodies(scene: Scene) -> None:
    """Bodies that break parsers: nested, NaN, NUL, half characters, too large"""
    port = scene.parley.port
    with scene.parley.serving(), scene.load.going(ordering=False):
        for path in (INBOUND, STATUS):
            for body in POISON:
                answer, _ = post(port, path, body, SECRET)
                scene.expect(answer == OK, f"{body[:20]!r} was answered {answer}")
            answer, _ = post(port, path, TOO_MUCH, SECRET)
            scene.expect(answer == TOO_LARGE, f"64 KiB + 1 was answered {answer}")
            for body, wanted in ((b"{}", OK), (TOO_MUCH, TOO_LARGE)):
                answer = in_chunks(port, path, body)
                scene.expect(answer == wanted, f"chunks were answered {answer}")
    with scene.parley.serving():
        scene.settle()
    least = 2 * (len(POISON) + 1) + len(scene.load.promises.heard)
    ((kept,),) = scene.asked(KEPT)
    scene.expect(int(str(kept)) >= least, "a callback was not kept")


def in_chunks(port: int, path: str, body: bytes) -> int:
    """A body whose length nobody announced; how it was answered."""
    connection = HTTPConnection(wire.HOST, port, timeout=20)
    try:
        connection.request("POST", path, iter([body]), SECRET, encode_chunked=True)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


CALLBACKS = (
    reports_confused,
    reports_for_unknown_texts,
    same_text_in_a_crowd,
    same_order_in_a_crowd,
    poison_bodies,
)
