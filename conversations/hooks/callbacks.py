"""The two callback addresses: check the secret, keep the request, answer.

Whatever an authenticated caller posts is stored and answered 200; reading it comes
later, from the journal. Only a database that cannot be written makes us ask Kaleyra to
come again.

Callbacks come in floods and need nothing that Flask offers, which takes several times
longer than the rest of their way. So this is a small WSGI app in front of it.
"""

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from werkzeug import Request, Response
from werkzeug.exceptions import ClientDisconnected, HTTPException

from conversations.db import utcnow
from conversations.hooks.keeper import Arrived, Keeper
from conversations.hooks.turned_away import Book

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BYTES = 64 * 1024

ADDRESSES = {"/hooks/kaleyra/inbound": "inbound", "/hooks/kaleyra/status": "status"}
METHODS = ("GET", "POST", "PUT")
PLACES = ("header", "password", "query")


def plain(words: str, status: int, **headers: str) -> Response:
    return Response(f"{words}\n", status, headers, mimetype="text/plain")


KEPT = plain("ok", 200)
NOT_KEPT = plain("Not stored; please come again.", 503, **{"Retry-After": "10"})
NO_TOKEN = plain("A valid hook token is required.", 401)
NO_METHOD = plain("Use POST, PUT or GET.", 405, Allow=", ".join(METHODS))
TOO_LARGE = plain("A callback may have 64 KiB.", 413)


class Secret:
    """The token that callbacks must carry, compared in constant time."""

    def __init__(self, token: str) -> None:
        self.digest = digest(token) if token else None

    def opens_with(self, given: str) -> bool:
        """False for every token while none is configured."""
        return self.digest is not None and hmac.compare_digest(
            self.digest, digest(given)
        )


def digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


class Door:
    """Takes callbacks in and sends everything else on to the app behind it."""

    def __init__(
        self, behind: "WSGIApplication", secret: Secret, keeper: Keeper, book: Book
    ) -> None:
        self.behind = behind
        self.secret = secret
        self.keeper = keeper
        self.book = book

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        mistrust_the_end(environ)
        address = ADDRESSES.get(environ["PATH_INFO"])
        if address is None:
            return self.behind(environ, start_response)
        try:
            answer = self.answer(address, Request(environ))
        except HTTPException as error:
            return error(environ, start_response)
        return answer(environ, start_response)

    def answer(self, address: str, request: Request) -> Response:
        if request.method not in METHODS:
            return NO_METHOD
        if not any(map(self.secret.opens_with, tokens(request))):
            given = dict(zip(PLACES, tokens(request), strict=True))
            self.book.note(address, request.remote_addr or "", given)
            return NO_TOKEN
        body = body_within_limit(request)
        if body is None:
            came_from = request.remote_addr or ""
            self.book.note_too_large(address, came_from, at_least(request))
            return TOO_LARGE
        kept = self.keeper.keep(arrived(address, request, body))
        return KEPT if kept else NOT_KEPT


def mistrust_the_end(environ: "WSGIEnvironment") -> None:
    """Let a body that breaks off be noticed.

    The server says that its stream ends where the body does. It also ends where a
    caller hung up, and half a text must not pass for a whole one.
    """
    if environ.get("CONTENT_LENGTH"):
        environ.pop("wsgi.input_terminated", None)


def tokens(request: Request) -> Iterator[str]:
    """What is in each of `PLACES`, where Kaleyra's console lets one put the secret."""
    yield request.headers.get("X-Hook-Token", "")
    basic = request.authorization
    yield (basic.password or "") if basic and basic.type == "basic" else ""
    yield request.args.get("token", "")


def body_within_limit(request: Request) -> bytes | None:
    """The raw body; None when it, or the query, is over the limit.

    Raises `ClientDisconnected`, a 400, when less came than was announced.
    """
    announced = request.content_length or 0
    if announced > MAX_BYTES or len(request.query_string) > MAX_BYTES:
        return None
    body = request.stream.read(MAX_BYTES + 1)
    if len(body) < announced:
        raise ClientDisconnected
    return None if len(body) > MAX_BYTES else body


def at_least(request: Request) -> int:
    """How large a callback that is too large must be."""
    said = (request.content_length or 0, len(request.query_string), MAX_BYTES)
    return max(said)


def arrived(address: str, request: Request, body: bytes) -> Arrived:
    return Arrived(
        address=address,
        received_at=utcnow(),
        method=request.method,
        content_type=storable(request.headers.get("Content-Type", "")),
        query=storable(without_token(request.query_string.decode("utf-8", "replace"))),
        body=body,
    )


def without_token(query: str) -> str:
    """The query as it came, less the secret."""
    parts = query.split("&")
    return "&".join(p for p in parts if unquote_plus(p.partition("=")[0]) != "token")


def storable(text: str) -> str:
    """PostgreSQL takes no NUL in text."""
    return text.replace("\x00", "\ufffd")
