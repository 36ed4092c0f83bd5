"""Whose program is calling: every request carries its token."""

from flask import g, request

from conversations.api.problems import Problem
from conversations.db import read_only
from conversations.desk import tokens
from conversations.models import ApiToken

MAX_BYTES = 64 * 1024


def require() -> None:
    """Refuse a request without a good token; remember whose it is."""
    request.max_content_length = MAX_BYTES
    if request.method in ("GET", "HEAD"):
        read_only()
    bearer = request.authorization
    token = bearer.token if bearer and bearer.type == "bearer" else None
    owner = tokens.owner_of(token) if token else None
    if owner is None:
        raise Problem(401, "unauthorized", "Send Authorization: Bearer <token>.")
    g.api_token = owner


def caller() -> ApiToken:
    """The token of the request in hand."""
    token: ApiToken = g.api_token
    return token
