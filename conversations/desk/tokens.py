"""Keys with which other programs use the JSON API."""

import secrets
from hashlib import sha256

from sqlalchemy import select

from conversations.db import db
from conversations.models import ApiToken

TOKEN_BYTES = 32


def create(name: str) -> str:
    """A new token, shown this once: only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(ApiToken(name=name, token_sha256=hashed(token)))
    return token


def owner_of(token: str) -> ApiToken | None:
    """Whose token this is, if it is one and still good."""
    query = select(ApiToken).where(
        ApiToken.token_sha256 == hashed(token), ApiToken.revoked_at.is_(None)
    )
    return db.session.scalar(query)


def hashed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
