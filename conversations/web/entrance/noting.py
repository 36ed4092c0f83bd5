"""Noting in the audit trail what the agent who is signed in does at a door."""

import logging

from flask import request
from sqlalchemy.exc import OperationalError, TimeoutError

from conversations.desk import audit
from conversations.desk.audit import Act
from conversations.web.entrance.access import agent

logger = logging.getLogger(__name__)


def note(
    act: Act, kind: str | None = None, subject_id: int | None = None, **detail: object
) -> None:
    """Inside the transaction of the act; `detail` is ids and words of ours."""
    audit.note(act, kind, subject_id, by=agent(), **detail)


def note_seen(act: Act, kind: str, subject_id: int) -> None:
    """The agent looks at something; what a page fetches by itself is no look."""
    if "X-Background" in request.headers:
        return
    try:
        audit.note_seen(agent(), act, kind, subject_id)
    except (OperationalError, TimeoutError):
        logger.warning("A look could not be noted; the database is busy")
