"""An import as an admin sees it: how far it is, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from phonenumbers import SUPPORTED_REGIONS

from conversations.desk.imports.columns import Columns
from conversations.models import CustomerImport
from conversations.models.customer_import import (
    CHECKED,
    FAILED,
    GIVEN,
    STORED,
    STORING,
    TO_CHECK,
    TO_STORE,
)
from conversations.web.showing import times
from conversations.web.showing.times import Stamp

SEPARATORS: dict[str, LazyString] = {
    ",": _l("comma"),
    ";": _l("semicolon"),
    "\t": _l("tab"),
}
STATES: dict[str, LazyString] = {
    GIVEN: _l("Brought, not checked yet"),
    TO_CHECK: _l("Is being checked"),
    CHECKED: _l("Checked; nothing is stored yet"),
    TO_STORE: _l("Is being stored"),
    STORING: _l("Is being stored"),
    STORED: _l("Stored"),
    FAILED: _l("It could not be read or stored. Nothing was changed."),
}
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Shown:
    id: int
    state: str
    words: str
    given: Stamp
    working: bool
    total: int
    done: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    stored_rows: int
    staged_rows: int

    @property
    def counted(self) -> bool:
        return self.state in (CHECKED, STORED)

    @property
    def storing(self) -> bool:
        return self.state in (TO_STORE, STORING)

    @property
    def stored(self) -> bool:
        return self.state == STORED


def shown(found: CustomerImport, zone: ZoneInfo) -> Shown:
    return Shown(
        id=found.id,
        state=found.state,
        words=words(found),
        given=times.moment(found.given_at, zone),
        working=found.working,
        total=found.total,
        done=found.done,
        added=found.added,
        changed=found.changed,
        unchanged=found.unchanged,
        rejected=found.rejected,
        skipped=found.skipped,
        stored_rows=found.stored_rows,
        staged_rows=found.staged_rows,
    )


def words(found: CustomerImport) -> str:
    if found.state == FAILED and found.stored_rows:
        return _(
            "What was checked is not there any more. The first %(rows)d rows are"
            " stored: check the file again, and store what is left.",
            rows=found.stored_rows,
        )
    return str(STATES[found.state])


def places(rows: Sequence[Sequence[str]], columns: Columns) -> dict[int, str]:
    """The columns of a file to choose from: by their headings, or by the first row."""
    width = max(map(len, rows), default=0)
    first = rows[0] if rows else ()
    return {place: heading(first, place, columns) for place in range(width)}


def heading(first: Sequence[str], place: int, columns: Columns) -> str:
    said = first[place].strip()[:LONGEST_HEADING] if place < len(first) else ""
    if columns.header and said:
        return said
    numbered = _("Column %(number)s", number=place + 1)
    return f"{numbered}: {said}" if said else numbered


def known_region(region: str) -> bool:
    return region in SUPPORTED_REGIONS
