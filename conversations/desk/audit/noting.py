"""Noting, inside the transaction that does something, who did it and to what."""

import json
from datetime import timedelta
from enum import StrEnum
from threading import Lock

from sqlalchemy import insert

from conversations.db import db, upsert, utcnow
from conversations.models import Agent, Audit

WINDOW = timedelta(minutes=10)
REMEMBERED = 20_000


class Act(StrEnum):
    """All that is noted; each has its words in `web/showing/audit.py`."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"
    OPENED = "opened"
    SEARCHED = "searched"
    REPLIED = "replied"
    REPLY_UNDONE = "reply_undone"
    MARKED_AS_SENT = "marked_as_sent"
    NOTED = "noted"
    OWNER_CHANGED = "owner_changed"
    GIVEN_BACK = "given_back"
    STATE_CHANGED = "state_changed"
    SAVED_REPLY_CHANGED = "saved_reply_changed"
    SCHEDULED_EDITED = "scheduled_edited"
    SCHEDULED_CANCELLED = "scheduled_cancelled"
    NAMED = "named"
    DETAILS_CHANGED = "details_changed"
    MERGED = "merged"
    SEPARATED = "separated"
    ERASED = "erased"
    REVIEWED = "reviewed"
    REVIEW_JUDGED = "review_judged"
    REVIEW_MADE = "review_made"
    REVIEW_REMOVED = "review_removed"
    EXPORTED = "exported"
    EXPORT_FETCHED = "export_fetched"
    IMPORTED = "imported"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    JOINED = "joined"
    AGENT_CHANGED = "agent_changed"
    AGENT_DISABLED = "agent_disabled"
    AGENT_ENABLED = "agent_enabled"
    AGENT_SIGNED_OUT = "agent_signed_out"
    TEAM_MADE = "team_made"
    TEAM_CHANGED = "team_changed"
    LINE_PAUSED = "line_paused"
    LINE_RESUMED = "line_resumed"
    LINE_CHANGED = "line_changed"
    JOURNAL_READ = "journal_read"
    JOURNAL_REPLAYED = "journal_replayed"
    JOURNAL_CORRECTED = "journal_corrected"
    SETTINGS_CHANGED = "settings_changed"
    TOKEN_MADE = "token_made"
    TOKEN_REVOKED = "token_revoked"


def note(
    act: Act,
    kind: str | None = None,
    subject_id: int | None = None,
    *,
    by: Agent | None = None,
    **detail: object,
) -> None:
    """Somebody did this to something; it is kept if and only if what they did is.

    `detail` holds ids, counts and words of ours: no text, no number, no secret.
    """
    row = row_of(act, kind, subject_id, by, detail)
    db.session.connection().execute(insert(Audit), row)


def row_of(
    act: Act,
    kind: str | None,
    subject_id: int | None,
    by: Agent | None,
    detail: dict[str, object],
) -> dict[str, object]:
    return {
        "at": utcnow(),
        "agent_id": by.id if by else None,
        "agent": by.name if by else None,
        "act": act,
        "kind": kind,
        "subject_id": subject_id,
        "detail": json.dumps(detail, sort_keys=True),
    }


def note_apart(by: Agent, act: Act, **detail: object) -> None:
    """The same on its own, of what itself only reads."""
    with db.engine.begin() as connection:
        connection.execute(insert(Audit), row_of(act, None, None, by, detail))


class Remembered:
    """What this process has noted in the present window, so as not to ask again."""

    def __init__(self) -> None:
        self.window = ""
        self.keys: set[str] = set()
        self.lock = Lock()

    def knows(self, window: str, key: str) -> bool:
        with self.lock:
            if window != self.window or len(self.keys) > REMEMBERED:
                self.window, self.keys = window, set()
            return key in self.keys

    def learn(self, key: str) -> None:
        with self.lock:
            self.keys.add(key)


seen = Remembered()


def note_seen(by: Agent, act: Act, kind: str, subject_id: int) -> None:
    """An agent looks at something: noted once in ten minutes, on its own.

    The page itself only reads. What is remembered here has been committed.
    """
    window = str(int(utcnow().timestamp() // WINDOW.total_seconds()))
    once = f"{act}:{by.id}:{subject_id}:{window}"
    key = f"{db.engine.url} {once}"
    if seen.knows(window, key):
        return
    row = row_of(act, kind, subject_id, by, {})
    with db.engine.begin() as connection:
        connection.execute(upsert(Audit).on_conflict_do_nothing(), row | {"once": once})
    seen.learn(key)
