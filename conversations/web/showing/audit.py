"""The audit trail in words."""

import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conversations.desk.audit import Act
from conversations.models import Audit
from conversations.web.showing import times
from conversations.web.showing.happenings import NOBODY as PARLEY
from conversations.web.showing.times import Stamp

ACTS: dict[Act, LazyString] = {
    Act.SIGNED_IN: _l("Signed in"),
    Act.SIGN_IN_REFUSED: _l("A sign-in was refused"),
    Act.SIGNED_OUT: _l("Signed out"),
    Act.PASSWORD_CHANGED: _l("Changed a password"),
    Act.OPENED: _l("Opened a thread"),
    Act.SEARCHED: _l("Searched"),
    Act.REPLIED: _l("Replied"),
    Act.REPLY_UNDONE: _l("Undid a reply"),
    Act.MARKED_AS_SENT: _l("Marked a text as sent"),
    Act.NOTED: _l("Wrote a note"),
    Act.OWNER_CHANGED: _l("Changed whose a conversation is"),
    Act.GIVEN_BACK: _l("Gave back what its owner did not answer"),
    Act.STATE_CHANGED: _l("Changed how a conversation stands"),
    Act.SAVED_REPLY_CHANGED: _l("Changed a saved reply"),
    Act.SCHEDULED_EDITED: _l("Took a scheduled text back to edit it"),
    Act.SCHEDULED_CANCELLED: _l("Cancelled a scheduled text"),
    Act.NAMED: _l("Named a customer"),
    Act.DETAILS_CHANGED: _l("Changed what is known of a customer"),
    Act.MERGED: _l("Merged two customers"),
    Act.SEPARATED: _l("Separated two customers"),
    Act.ERASED: _l("Erased a person"),
    Act.REVIEWED: _l("Opened a thread in review"),
    Act.REVIEW_JUDGED: _l("Gave a verdict in a review"),
    Act.REVIEW_MADE: _l("Made a review"),
    Act.REVIEW_REMOVED: _l("Removed a review"),
    Act.EXPORTED: _l("Exported"),
    Act.EXPORT_FETCHED: _l("Fetched an export"),
    Act.IMPORTED: _l("Imported customers or conversations"),
    Act.INVITED: _l("Invited somebody"),
    Act.INVITATION_WITHDRAWN: _l("Withdrew an invitation"),
    Act.JOINED: _l("Joined by an invitation"),
    Act.AGENT_CHANGED: _l("Changed an agent"),
    Act.AGENT_DISABLED: _l("Disabled an agent"),
    Act.AGENT_ENABLED: _l("Enabled an agent"),
    Act.AGENT_SIGNED_OUT: _l("Signed an agent out"),
    Act.TEAM_MADE: _l("Made a team"),
    Act.TEAM_CHANGED: _l("Changed a team"),
    Act.LINE_PAUSED: _l("Paused a line"),
    Act.LINE_RESUMED: _l("Resumed a line"),
    Act.LINE_CHANGED: _l("Changed a line"),
    Act.JOURNAL_READ: _l("Read a callback"),
    Act.JOURNAL_REPLAYED: _l("Had callbacks read again"),
    Act.JOURNAL_CORRECTED: _l("Corrected a callback"),
    Act.SETTINGS_CHANGED: _l("Changed the desk settings"),
    Act.TOKEN_MADE: _l("Made an API token"),
    Act.TOKEN_REVOKED: _l("Revoked API tokens"),
}

KINDS: dict[str, LazyString] = {
    "conversation": _l("Conversation"),
    "customer": _l("Customer"),
    "agent": _l("Agent"),
    "team": _l("Team"),
    "line": _l("Line"),
    "callback": _l("Callback"),
    "tag": _l("Tag"),
    "field": _l("Customer field"),
    "export": _l("Export"),
    "import": _l("Import"),
    "token": _l("API token"),
    "review": _l("Review"),
    "saved_reply": _l("Saved reply"),
}

# Where a subject has a page: its endpoint, and what the id is called there.
PAGES = {
    "conversation": ("thread.show", "conversation_id"),
    "agent": ("agents.show", "agent_id"),
    "team": ("teams.show", "team_id"),
    "line": ("lines.show", "line_id"),
    "callback": ("callback.show", "callback_id"),
    "review": ("reviews.show", "review_id"),
}


@dataclass(frozen=True)
class Happening:
    """A row of the trail; `page` is the endpoint and values of its subject's page."""

    id: int
    at: Stamp
    who: str
    act: str
    subject: str
    page: tuple[str, dict[str, int]] | None
    detail: str
    sealed: bool


def happening(row: Audit, zone: ZoneInfo) -> Happening:
    return Happening(
        id=row.id,
        at=times.moment(row.at, zone),
        who=row.agent or nobody(row),
        act=str(ACTS[Act(row.act)]),
        subject=subject(row),
        page=page_of(row),
        detail=detail(row),
        sealed=row.place is not None,
    )


def nobody(row: Audit) -> str:
    return PARLEY if row.act == Act.GIVEN_BACK else _("Nobody signed in")


def subject(row: Audit) -> str:
    if row.kind is None:
        return ""
    return f"{KINDS.get(row.kind, row.kind)} {row.subject_id or ''}".strip()


def page_of(row: Audit) -> tuple[str, dict[str, int]] | None:
    if row.kind not in PAGES or row.subject_id is None:
        return None
    endpoint, name = PAGES[row.kind]
    return endpoint, {name: row.subject_id}


def detail(row: Audit) -> str:
    said = json.loads(row.detail)
    return ", ".join(f"{name}: {words(value)}" for name, value in said.items())


def words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
