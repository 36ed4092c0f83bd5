"""Keys with which other programs use the JSON API."""

import secrets
from hashlib import sha256

from sqlalchemy import select

from conversations.db import db, utcnow
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


def revoke(name: str) -> int:
    """Close every token of this name; how many there were."""
    good = select(ApiToken).where(ApiToken.name == name, ApiToken.revoked_at.is_(None))
    found = db.session.scalars(good).all()
    for token in found:
        token.revoked_at = utcnow()
    return len(found)


def hashed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
