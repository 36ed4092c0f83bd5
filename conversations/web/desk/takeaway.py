"""Exports of everything that meets some filters: asking, watching, fetching."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conversations import db as database
from conversations.db import db
from conversations.desk import days, views
from conversations.desk.audit import Act
from conversations.desk.exports import asking
from conversations.desk.exports.choice import Choice
from conversations.desk.finding import kept
from conversations.desk.finding.asked import Asked, Chip
from conversations.desk.finding.filters import filters
from conversations.desk.views import LATEST, View
from conversations.models import Export
from conversations.web import pages
from conversations.web.desk import search
from conversations.web.desk.page import known_tags
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note_seen
from conversations.web.exports import many
from conversations.web.exports.streaming import filename
from conversations.web.showing import exports, sieves

ENOUGH = _l("Three of yours are being made already. Wait for one.")

bp = Blueprint("takeaway", __name__, url_prefix="/exports")
guard(bp)


@bp.get("")
def index() -> ResponseReturnValue:
    return index_page()


@bp.post("")
def ask() -> ResponseReturnValue:
    kind = request.form.get("format", "")
    chosen = choice()
    if kind not in asking.FORMATS or chosen is None:
        return refused(_("Choose a kind of file, and days such as 2026-11-22."))
    return asked_for(chosen, kind) or refused(str(ENOUGH))


@bp.post("/search")
def of_search() -> ResponseReturnValue:
    """What to take of what a search finds. A form, for no words are in addresses."""
    database.read_only()
    return search_page()


@bp.post("/search/ask")
def ask_of_search() -> ResponseReturnValue:
    kind, wanted = request.form.get("format", ""), search.sought()
    if kind not in asking.FORMATS or wanted.nothing or faults(wanted):
        pages.look_again()
        return search_page(_("Choose a kind of file.")), 422
    kept_search, whole = kept.written(wanted), request.form.get("whole") == "1"
    notes = "notes" in request.form
    chosen = Choice(View(), search=kept_search, whole=whole, notes=notes)
    made = asked_for(chosen, kind)
    if made is None:
        pages.look_again()
        return search_page(str(ENOUGH)), 422
    return made


def asked_for(chosen: Choice, kind: str) -> ResponseReturnValue | None:
    """Have it made; None when they have enough in the making."""
    export = asking.ask(agent(), chosen, kind)
    if export is None:
        return None
    many.asked(agent(), export)
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.get("/<id:export_id>/file")
def fetch(export_id: int) -> ResponseReturnValue:
    """Only for whoever asked for it."""
    export = find(export_id)
    path = asking.file(config().exports, export.id)
    if not export.ready or not path.exists():
        abort(404)
    if export.rights != asking.rights(agent()):
        abort(403, _("What you may see has changed since. Ask for a new export."))
    note_seen(Act.EXPORT_FETCHED, "export", export_id)
    local = export.asked_at.astimezone(agent().zone)
    name = filename(f"export-{export.id}", local)
    answer: Response = send_file(path, "application/zip", as_attachment=True,
                                 download_name=name)  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def find(export_id: int) -> Export:
    return asking.one(agent(), export_id) or abort(404)


def choice() -> Choice | None:
    """What the form asks for; None when something typed as a day is none."""
    try:
        since, until = days.span(day("since"), day("until"), agent().zone)
    except ValueError:
        return None
    view, notes = view_in(dict(request.form)), "notes" in request.form
    return Choice(view, since=since, until=until, notes=notes)


def day(name: str) -> date | None:
    typed = request.form.get(name, "")
    return days.read(typed) if typed else None


def view_in(given: dict[str, str]) -> View:
    """What is unread, or in which order, is no matter for a file."""
    return replace(views.asked_for(given), unread=False, order=LATEST)


def refused(problem: str) -> ResponseReturnValue:
    pages.look_again()
    return index_page(problem), 422


def faults(wanted: Asked) -> list[Chip]:
    return filters(wanted.chips, agent()).faults


def search_page(problem: str = "") -> str:
    wanted = search.sought()
    return pages.page(
        "export/search.html",
        asked=wanted,
        used=[sieves.used(chip) for chip in wanted.chips],
        faults=[sieves.fault(chip) for chip in faults(wanted)],
        whole=request.form.get("whole") == "1",
        notes=exports.of_notes(wanted),
        problem=problem,
        zone=agent().time_zone,
    )


def index_page(problem: str = "") -> str:
    given = request.form if request.method == "POST" else request.args
    mine = db.session.scalars(asking.of(agent())).all()
    agents = {each.id: each.name for each in pages.colleagues().values()}
    return pages.page(
        "export/index.html",
        view=view_in(dict(given)),
        since=given.get("since", ""),
        until=given.get("until", ""),
        problem=problem,
        agents=agents,
        tags=known_tags(),
        tag_choices=[(each.id, each.name) for each in known_tags()],
        zone=agent().time_zone,
        days=config().export_days,
        exports=[exports.shown(each, agent().zone) for each in mine],
        working=any(not each.over for each in mine),
    )
