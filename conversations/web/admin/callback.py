"""One callback: what came, how it was read, and what an admin says that it is."""

from dataclasses import asdict

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db
from conversations.desk import understanding
from conversations.desk.audit import Act
from conversations.models import Callback
from conversations.texting import phone, replaying
from conversations.texting.corrections import ReportCorrection, TextCorrection
from conversations.web import pages
from conversations.web.admin.journal_forms import (
    ReportCorrectionForm,
    TextCorrectionForm,
)
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note, note_seen
from conversations.web.showing import callbacks, people, readings

bp = Blueprint("callback", __name__, url_prefix="/callbacks/<id:callback_id>")
guard(bp, admin=True)

CORRECTIONS = frozenset(("callback.correct_text", "callback.correct_report"))


@bp.get("")
def show(callback_id: int) -> ResponseReturnValue:
    shown = page(callback_id)
    note_seen(Act.JOURNAL_READ, "callback", callback_id)
    return shown


@bp.post("/replay")
def replay(callback_id: int) -> ResponseReturnValue:
    return answer(callback_id, done=bool(replaying.replay([callback_id])))


@bp.post("/replay-as-it-came")
def replay_as_it_came(callback_id: int) -> ResponseReturnValue:
    return answer(callback_id, done=replaying.as_it_came(callback_id))


@bp.post("/aside")
def set_aside(callback_id: int) -> ResponseReturnValue:
    return answer(callback_id, done=replaying.set_aside(callback_id, agent().name))


@bp.post("/text")
def correct_text(callback_id: int) -> ResponseReturnValue:
    form = text_form()
    if not form.validate():
        return page(callback_id, text=form), 422
    try:
        customer = phone.parse_any(form.customer.data or "", config().default_region)
    except phone.InvalidAddress as fault:
        form.customer.errors = [str(fault)]
        return page(callback_id, text=form), 422
    correction = TextCorrection(
        customer=customer,
        line=form.line.data,
        body=form.body.data or "",
        provider_id=form.provider_id.data or "",
    )
    done = replaying.correct(callback_id, correction, agent().name)
    return answer(callback_id, done=done)


@bp.post("/report")
def correct_report(callback_id: int) -> ResponseReturnValue:
    form = ReportCorrectionForm()
    if not form.validate():
        return page(callback_id, report=form), 422
    correction = ReportCorrection(
        reference=form.reference.data or "",
        provider_id=form.report_id.data or "",
        status=form.status.data,
    )
    done = replaying.correct(callback_id, correction, agent().name)
    return answer(callback_id, done=done)


def answer(callback_id: int, *, done: bool) -> ResponseReturnValue:
    """Back to the callback; where nothing could be done, it says why."""
    if not done:
        return page(callback_id, refused=True), 409
    corrected = request.endpoint in CORRECTIONS
    act = Act.JOURNAL_CORRECTED if corrected else Act.JOURNAL_REPLAYED
    note(act, "callback", callback_id)
    db.session.commit()
    return redirect(url_for(".show", callback_id=callback_id), 303)


def page(
    callback_id: int,
    *,
    text: TextCorrectionForm | None = None,
    report: ReportCorrectionForm | None = None,
    refused: bool = False,
) -> str:
    pages.look_again()
    callback = db.session.get(Callback, callback_id) or abort(404)
    said = understanding.said(callback, config().default_region)
    return pages.page(
        "admin/callback.html",
        callback=callbacks.in_full(callback, agent().zone),
        reading=readings.shown(said, understanding.fields(callback)),
        open_again=replaying.is_open(callback_id),
        text=text or text_form(understanding.as_text(callback, said)),
        report=report or report_form(understanding.as_report(callback, said)),
        wrong="text" if text else "report" if report else "",
        refused=refused,
    )


def text_form(understood: TextCorrection | None = None) -> TextCorrectionForm:
    """Filled with what was posted to it, else with what was understood."""
    form = (
        TextCorrectionForm(formdata=None, **asdict(understood))
        if understood
        else TextCorrectionForm()
    )
    form.line.choices = {
        line.address: people.number(line.address) + _(" (retired)") * line.retired
        for line in db.session.scalars(understanding.our_lines())
    }
    return form


def report_form(understood: ReportCorrection) -> ReportCorrectionForm:
    return ReportCorrectionForm(
        formdata=None,
        reference=understood.reference,
        report_id=understood.provider_id,
        status=understood.status,
    )
