"""An export as its asker sees it: how far it is, and what can be done with it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from conversations.desk.finding import asked, kept
from conversations.desk.finding.asked import Asked, Chip
from conversations.models import Export
from conversations.models.export import FAILED, WAITING
from conversations.web.showing import times
from conversations.web.showing.times import Stamp

NOTES = {Chip(asked.FROM, "note"), Chip(asked.DIRECTION, "note")}
KILOBYTE, MEGABYTE = 1_000, 1_000_000
FORMATS = {"csv": "CSV", "jsonl": "JSON Lines", "json": "JSON", "html": "HTML"}


@dataclass(frozen=True)
class Shown:
    id: int
    asked: Stamp
    format: str
    what: str
    words: str
    done: int
    total: int
    ready: bool
    over: bool


def shown(export: Export, zone: ZoneInfo) -> Shown:
    return Shown(
        id=export.id,
        asked=times.moment(export.asked_at, zone),
        format=FORMATS[export.format],
        what=what(export),
        words=words(export),
        done=export.done,
        total=export.total or 0,
        ready=export.ready,
        over=export.over,
    )


def what(export: Export) -> str:
    """What was searched for, for the eyes of who searched; else nothing."""
    if not export.search:
        return ""
    found = kept.plainly(export.search)
    if export.whole:
        return str(_("Conversations found by: %(search)s", search=found))
    return str(_("Texts found by: %(search)s", search=found))


def of_notes(wanted: Asked) -> bool:
    """Whether notes are what was looked for."""
    return bool(NOTES & set(wanted.chips))


def words(export: Export) -> str:
    return str(said(export))


def said(export: Export) -> LazyString:
    done, total = f"{export.done:,}", f"{export.total or 0:,}"
    if export.ready:
        size = file_size(export.bytes or 0)
        return _("Ready: %(done)s messages, %(size)s", done=done, size=size)
    if export.state == FAILED:
        return _("It could not be made. Ask for it again, or tell an admin.")
    if export.state == WAITING or not export.total:
        return _("Waits to be made")
    return _("%(done)s of %(total)s messages are written", done=done, total=total)


def file_size(count: int) -> str:
    """So many bytes, in a unit in which they are not nothing."""
    if count < MEGABYTE:
        return f"{max(count // KILOBYTE, 1)} kB"
    return f"{count / MEGABYTE:.1f} MB"
