"""The lines: how they are, what waits and failed, and pausing, resuming, slowing."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from conversations.db import db, utcnow
from conversations.desk import lines
from conversations.desk.audit import Act
from conversations.models import Line, Team
from conversations.texting import line_state, pricing
from conversations.web import pages
from conversations.web.admin.line_forms import (
    PauseForm,
    PricesForm,
    RateForm,
    TeamForm,
)
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note
from conversations.web.showing import line_history
from conversations.web.showing import lines as showing

A_DAY = timedelta(days=1)

bp = Blueprint("lines", __name__, url_prefix="/lines")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    known = db.session.scalars(lines.known()).all()
    shown = showing.shown(known, agent().zone, utcnow())
    return pages.page("admin/lines.html", shown=shown)


@bp.get("/<id:line_id>")
def show(line_id: int) -> ResponseReturnValue:
    line = find(line_id)
    return line_page(line)


@bp.post("/<id:line_id>/pause")
def pause(line_id: int) -> ResponseReturnValue:
    form = PauseForm()
    if not form.validate():
        return refused(line_id, pause=form)
    line_state.pause(find(line_id), form.reason.data or "", agent().name)
    note(Act.LINE_PAUSED, "line", line_id)
    return done(line_id)


@bp.post("/<id:line_id>/resumption")
def resume(line_id: int) -> ResponseReturnValue:
    line_state.resume(find(line_id), agent().name)
    note(Act.LINE_RESUMED, "line", line_id)
    return done(line_id)


@bp.post("/<id:line_id>/rate")
def set_rate(line_id: int) -> ResponseReturnValue:
    form = RateForm()
    if not form.validate():
        return refused(line_id, rate=form)
    line_state.set_rate(find(line_id), form.texts_a_second, agent().name)
    note(Act.LINE_CHANGED, "line", line_id, rate=form.texts_a_second)
    return done(line_id)


@bp.post("/<id:line_id>/prices")
def set_prices(line_id: int) -> ResponseReturnValue:
    form = PricesForm()
    try:
        prices = pricing.listed(form.prices.data or "")
    except pricing.WrongPrice as fault:
        form.prices.errors = [str(fault)]
        return refused(line_id, prices=form)
    line_state.set_prices(find(line_id), prices, agent().name)
    note(Act.LINE_CHANGED, "line", line_id, what="prices")
    return done(line_id)


@bp.post("/<id:line_id>/team")
def set_team(line_id: int) -> ResponseReturnValue:
    form = team_form(find(line_id))
    if not form.validate():
        abort(400)
    team = db.session.get(Team, form.team.data or 0)
    line_state.set_team(find(line_id), team, agent().name)
    note(Act.LINE_CHANGED, "line", line_id, team=team.id if team else None)
    return done(line_id)


def team_form(line: Line) -> TeamForm:
    form = TeamForm(team=line.team_id or 0)
    named = [(each.id, each.name) for each in pages.teams() if not each.archived_at]
    form.team.choices = [(0, _("No team: everybody sees them")), *named]
    return form


def find(line_id: int) -> Line:
    return db.session.get(Line, line_id) or abort(404)


def rate_of(line: Line) -> str:
    return f"{line.rate:g}" if line.rate else ""


def done(line_id: int) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for(".show", line_id=line_id), 303)


def refused(line_id: int, **wrong: FlaskForm) -> ResponseReturnValue:
    """The same page with what was wrong beside the field."""
    pages.look_again()
    return line_page(find(line_id), **wrong), 422


def line_page(line: Line, **wrong: FlaskForm) -> str:
    """`wrong` are the forms that would not do; the others have what is so."""
    now, zone = utcnow(), agent().zone
    waiting, oldest = db.session.execute(lines.waiting_on(line)).one()
    failed = db.session.execute(lines.failures(line, now - A_DAY)).all()
    happened = db.session.scalars(lines.events(line)).all()
    forms: dict[str, FlaskForm] = {
        "pause": PauseForm(formdata=None),
        "rate": RateForm(formdata=None, rate=rate_of(line)),
        "prices": PricesForm(formdata=None, prices=line.prices),
        "team": team_form(line),
    }
    return pages.page(
        "admin/line.html",
        line=showing.shown_line(line, zone, now),
        queue=line_history.queue(waiting, oldest, zone),
        failures=line_history.failures(failed),
        events=line_history.events(happened, zone),
        **(forms | wrong),
    )
