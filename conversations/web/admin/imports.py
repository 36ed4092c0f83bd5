"""Customers from a file: bring it, say what its columns are, look, and store it."""

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db
from conversations.desk import customers
from conversations.desk.imports import asking, columns, sheets
from conversations.desk.imports.asking import Place
from conversations.desk.imports.checking import Rejected
from conversations.desk.imports.columns import Columns
from conversations.desk.imports.sheets import Sheet, Unreadable
from conversations.models import CustomerImport
from conversations.web import pages
from conversations.web.addresses import as_id
from conversations.web.entrance.access import agent, config, guard
from conversations.web.exports.documents import table
from conversations.web.languages import spoken
from conversations.web.showing import imports

LARGEST_FILE = 20 * 1024 * 1024
AROUND_THE_FILE = 64 * 1024
SHOWN_ROWS = 6
MOST_ROWS = 200_000
WIDEST = 50

bp = Blueprint("imports", __name__, url_prefix="/settings/import")
guard(bp, admin=True, largest=LARGEST_FILE + AROUND_THE_FILE)


@bp.get("")
def index() -> ResponseReturnValue:
    return index_page()


@bp.post("")
def bring() -> ResponseReturnValue:
    given = request.files.get("file")
    if given is None or not given.filename:
        return refused(_("Choose a file."))
    folder = config().imports
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    os.close(handle)
    beside = Path(name)
    try:
        given.save(beside)
        made = kept(beside)
    except Unreadable:
        return refused(_("This is no table of text. Save it as CSV and try again."))
    except TooLong:
        most = f"{MOST_ROWS:,}"
        words = _("It has more than %(most)s rows. Divide it into several.", most=most)
        return refused(words)
    finally:
        beside.unlink(missing_ok=True)
    return redirect(url_for(".show", import_id=made), 303)


class TooLong(Exception):
    """There are more rows than one import takes."""


def kept(beside: Path) -> int:
    """The import of this file, which gets its place before the commit."""
    sheet = sheets.sheet(beside)
    rows = sheet.rows()
    first = next(rows, None)
    if first is None:
        raise Unreadable
    guess = columns.guessed(first[1], config().default_region or "")
    more = sum(1 for _ in islice(rows, MOST_ROWS))
    if more == MOST_ROWS:
        raise TooLong
    made = asking.bring(agent(), sheet, guess, more + (not guess.header))
    beside.replace(Place(config().imports, made.id).given)
    import_id = made.id
    db.session.commit()
    return import_id


@bp.get("/<id:import_id>")
def show(import_id: int) -> ResponseReturnValue:
    return import_page(find(import_id))


@bp.post("/<id:import_id>/check")
def check(import_id: int) -> ResponseReturnValue:
    found, chosen = find(import_id), chosen_columns()
    separator = request.form.get("separator", "")
    if chosen is None or separator not in sheets.SEPARATORS:
        abort(422, _("Choose what the columns are."))
    asking.check(found, chosen, separator)
    db.session.commit()
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.post("/<id:import_id>/store")
def store(import_id: int) -> ResponseReturnValue:
    asking.store(find(import_id))
    db.session.commit()
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.get("/<id:import_id>/rejected")
def rejected(import_id: int) -> ResponseReturnValue:
    """Each row that was not taken in, and why, as a file."""
    path = Place(config().imports, find(import_id).id).rejected
    if not path.exists():
        abort(404)
    header = (_("line"), _("number"), _("reason"))
    pieces = stream_with_context(table(header, rejected_rows(path)))
    answer = Response(pieces, mimetype="text/csv")
    name = f'attachment; filename="parley-import-{import_id}-rejected.csv"'
    answer.headers["Content-Disposition"] = name
    answer.headers["Cache-Control"] = "no-store"
    return answer


def rejected_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open() as file:
        for each in map(Rejected.from_json, file):
            yield str(each.line), each.cell, str(spoken(each.reason))


def find(import_id: int) -> CustomerImport:
    return db.session.get(CustomerImport, import_id) or abort(404)


def chosen_columns() -> Columns | None:
    """What the form says; None when it says nothing of use."""
    form = request.form
    places = {name: place(form.get(name, "")) for name in columns.WORDS}
    region = form.get("region", "").strip().upper()
    line_id = as_id(form.get("line", "")) or 0
    if places[columns.NUMBER] < 0 or (region and not imports.known_region(region)):
        return None
    if places[columns.TAGS] >= 0 and line_id not in line_choices():
        return None
    return Columns(
        **places, header="header" in form, region=region,
        overwrite=form.get("names") == "overwrite", line_id=line_id,
    )  # fmt: skip


def place(text: str) -> int:
    return min(int(text), WIDEST) if text.isascii() and text.isdecimal() else -1


def line_choices() -> dict[int, str]:
    return {line.id: line.address for line in db.session.scalars(customers.lines())}


def refused(problem: str) -> ResponseReturnValue:
    pages.look_again()
    return index_page(problem), 422


def index_page(problem: str = "") -> str:
    recent = db.session.scalars(asking.recent()).all()
    return pages.page(
        "settings/imports.html",
        problem=problem,
        megabytes=LARGEST_FILE // 2**20,
        imports=[imports.shown(each, agent().zone) for each in recent],
    )


def import_page(found: CustomerImport) -> str:
    given = Place(config().imports, found.id).given
    sheet = Sheet(given, found.encoding, found.separator)
    rows = preview(sheet) if given.exists() and not found.working else []
    chosen = asking.columns(found)
    return pages.page(
        "settings/import.html",
        found=imports.shown(found, agent().zone),
        columns=chosen,
        rows=rows,
        places=imports.places(rows, chosen),
        separators=imports.SEPARATORS,
        separator=found.separator,
        line_choices=line_choices(),
    )


def preview(sheet: Sheet) -> list[list[str]]:
    try:
        return [row[:WIDEST] for _, row in islice(sheet.rows(), SHOWN_ROWS)]
    except Unreadable:
        return []
