"""Answers that are made while they are fetched, long after their request is over."""

from collections.abc import Iterator
from datetime import datetime
from threading import BoundedSemaphore
from typing import TypeVar, cast

from flask import Flask, Response, abort, current_app
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

Piece = TypeVar("Piece", str, bytes)

# Each holds a thread for as long as it is being fetched.
AT_ONCE = BoundedSemaphore(16)


class Place:
    """One of those that may be fetched at once; left once, at the end or before it."""

    def __init__(self) -> None:
        self.left = False

    def leave(self) -> None:
        if not self.left:
            self.left = True
            AT_ONCE.release()

    def until_the_end_of(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        try:
            yield from pieces
        finally:
            self.leave()


def filename(what: str, local: datetime) -> str:
    """Of ids and the time alone: nothing that anybody typed is in it."""
    return f"parley-{what}-{local:%Y%m%d-%H%M}.zip"


def streamed(pieces: Iterator[Piece], kind: str, name: str = "") -> Response:
    """An answer of this kind, kept as a file if it has a `name`.

    There cannot be too many at once.
    """
    if not AT_ONCE.acquire(blocking=False):
        abort(503, _("Many exports are being fetched just now. Try again soon."))
    place = Place()
    answer = Response(place.until_the_end_of(by_themselves(pieces)), mimetype=kind)
    answer.call_on_close(place.leave)
    if name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def by_themselves(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Each made in a context of its own, which is over before it is handed on."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    return each_alone(app, str(get_locale()), pieces)


def each_alone(app: Flask, language: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    while (piece := one(app, language, pieces)) is not None:
        yield piece


def one(app: Flask, language: str, pieces: Iterator[Piece]) -> Piece | None:
    with app.app_context(), force_locale(language):
        return next(pieces, None)
