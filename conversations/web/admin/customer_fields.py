"""What admins want known of every customer, beside the name and the number."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from conversations.db import db
from conversations.desk import customer_fields
from conversations.desk.audit import Act
from conversations.desk.customer_fields import Kind
from conversations.models import CustomerField
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.entrance.access import guard
from conversations.web.entrance.noting import note
from conversations.web.forms import lines, one_line

KINDS = {
    Kind.TEXT: _l("Text"),
    Kind.NUMBER: _l("Number"),
    Kind.DATE: _l("Date"),
    Kind.CHOICE: _l("One of a list"),
}

bp = Blueprint("customer_fields", __name__, url_prefix="/settings/fields")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    return fields_page()


@bp.post("")
def make() -> ResponseReturnValue:
    name, kind = one_line(request.form.get("name")), request.form.get("kind", "")
    problem = customer_fields.make(name, kind, lines(request.form.get("choices")))
    note(Act.SETTINGS_CHANGED, what="field made")
    return done(problem)


@bp.post("/<id:field_id>/name")
def rename(field_id: int) -> ResponseReturnValue:
    name = one_line(request.form.get("name"))
    problem = customer_fields.rename(find(field_id), name)
    note(Act.SETTINGS_CHANGED, "field", field_id, what="field named")
    return done(problem, field_id)


@bp.post("/<id:field_id>/archive")
def archive(field_id: int) -> ResponseReturnValue:
    customer_fields.archive(find(field_id))
    note(Act.SETTINGS_CHANGED, "field", field_id, what="field archived")
    return done(None)


@bp.post("/<id:field_id>/return")
def bring_back(field_id: int) -> ResponseReturnValue:
    problem = customer_fields.bring_back(find(field_id))
    note(Act.SETTINGS_CHANGED, "field", field_id, what="field brought back")
    return done(problem, field_id)


def find(field_id: int) -> CustomerField:
    return db.session.get(CustomerField, field_id) or abort(404)


def done(problem: Refusal | None, field_id: int = 0) -> ResponseReturnValue:
    if problem is None:
        db.session.commit()
        return redirect(url_for(".index", saved=1), 303)
    db.session.rollback()
    pages.look_again()
    return fields_page(problem.sentence, field_id), 422


def fields_page(problem: str = "", field_id: int = 0) -> str:
    """`problem` is with the field of this id; 0 for a new one."""
    return pages.page(
        "settings/fields.html",
        fields=db.session.scalars(customer_fields.every()).all(),
        kinds=KINDS,
        problem=problem,
        field_id=field_id,
        typed=request.form,
        saved=request.args.get("saved"),
    )
