"""Noting in the audit trail what the agent who is signed in does at a door."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

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
    with if_not_busy():
        audit.note_seen(agent(), act, kind, subject_id)


def note_search(**detail: object) -> None:
    """The agent searched; what was looked for is private, so `detail` has no words."""
    with if_not_busy():
        audit.note_apart(agent(), Act.SEARCHED, **detail)


@contextmanager
def if_not_busy() -> Iterator[None]:
    """A look that cannot be noted keeps nobody from looking."""
    try:
        yield
    except (OperationalError, TimeoutError):
        logger.warning("A look could not be noted; the database is busy")
