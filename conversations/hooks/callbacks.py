"""The two callback addresses: check the secret, keep the request, answer.

Whatever an authenticated caller posts is stored and answered 200; reading it comes
later, from the journal. Only a database that cannot be written makes us ask Kaleyra to
come again.
"""

import hmac
from hashlib import sha256
from typing import cast

from flask import Blueprint, Response, current_app, request

from conversations.db import utcnow
from conversations.hooks.keeper import Arrived, Keeper

MAX_BYTES = 64 * 1024
COME_AGAIN_SECONDS = "10"

bp = Blueprint("hooks", __name__, url_prefix="/hooks/kaleyra")


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


@bp.route("/<any(inbound, status):address>", methods=["GET", "POST", "PUT"])
def callback(address: str) -> Response:
    if not authentic():
        return plain("A valid hook token is required.", 401)
    body = body_within_limit()
    if body is None:
        return plain("A callback may have 64 KiB.", 413)
    keeper = cast("Keeper", current_app.extensions["keeper"])
    if keeper.keep(arrived(address, body)):
        return plain("ok", 200)
    answer = plain("Not stored; please come again.", 503)
    answer.headers["Retry-After"] = COME_AGAIN_SECONDS
    return answer


def authentic() -> bool:
    secret = cast("Secret", current_app.extensions["hook_secret"])
    return any(secret.opens_with(token) for token in tokens())


def tokens() -> list[str]:
    """Every place where Kaleyra's console lets an operator put the secret."""
    basic = request.authorization
    given = (
        request.headers.get("X-Hook-Token"),
        basic.password if basic and basic.type == "basic" else None,
        request.args.get("token"),
    )
    return [token for token in given if token]


def body_within_limit() -> bytes | None:
    """The raw body; None when it, or the query, is over the limit."""
    announced = request.content_length or 0
    if announced > MAX_BYTES or len(request.query_string) > MAX_BYTES:
        return None
    body = request.stream.read(MAX_BYTES + 1)
    return None if len(body) > MAX_BYTES else body


def arrived(address: str, body: bytes) -> Arrived:
    return Arrived(
        address=address,
        received_at=utcnow(),
        method=request.method,
        content_type=storable(request.headers.get("Content-Type", "")),
        query=storable(without_token(request.query_string.decode("latin-1"))),
        body=body,
    )


def without_token(query: str) -> str:
    """The query as it came, less the secret."""
    parts = (part for part in query.split("&") if not part.startswith("token="))
    return "&".join(parts)


def storable(text: str) -> str:
    """PostgreSQL takes no NUL in text."""
    return text.replace("\x00", "\ufffd")


def plain(words: str, status: int) -> Response:
    return Response(words + "\n", status, mimetype="text/plain")


@bp.errorhandler(413)
def too_large(_: object) -> Response:
    return plain("A callback may have 64 KiB.", 413)
