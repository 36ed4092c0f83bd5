"""The audit trail: who saw and did what."""

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional, ValidationError

from conversations.db import db, utcnow
from conversations.desk import days
from conversations.desk.audit import Act, looking
from conversations.desk.audit.looking import Search
from conversations.desk.exports.archive import Member, archive
from conversations.desk.exports.records import Chain
from conversations.models import Audit
from conversations.web import pages
from conversations.web.addresses import LARGEST_ID, position
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note
from conversations.web.exports import documents
from conversations.web.exports.streaming import filename, streamed
from conversations.web.exports.threads import circumstances, sealed
from conversations.web.forms import query
from conversations.web.showing import audit as showing

HEADER = ("id", "time_utc", "agent", "name", "act", "kind", "subject", "detail",
          "place", "hash")  # fmt: skip

bp = Blueprint("audit", __name__, url_prefix="/audit")
guard(bp, admin=True)


def sensible_day(_form: object, field: DateField) -> None:
    if field.data and not days.sensible(field.data):
        raise ValidationError(_("There is no such day here."))


class AuditForm(FlaskForm):
    """It goes into the address, so that a search can be kept and gone back to."""

    class Meta:
        csrf = False

    agent = SelectField(_l("Who"), coerce=int, default=0)
    act = SelectField(_l("Did"), default="")
    kind = SelectField(_l("To"), default="")
    subject = IntegerField(
        _l("Its number"), validators=[Optional(), NumberRange(1, LARGEST_ID)]
    )
    since = DateField(_l("From"), validators=[Optional(), sensible_day])
    until = DateField(_l("Until"), validators=[Optional(), sensible_day])


@bp.get("")
def index() -> ResponseReturnValue:
    form = form_from(request.args)
    valid = form.validate()
    rows, older = looking.page(
        asked_for(form) if valid else Search(), position("before")
    )
    page = pages.page(
        "admin/audit.html",
        form=form,
        query=query(form),
        happenings=[showing.happening(row, agent().zone) for row in rows],
        older=older,
    )
    return page, 200 if valid else 422


@bp.post("/export")
def take() -> ResponseReturnValue:
    """The same search as a sealed zip with a CSV file."""
    form = form_from(request.form)
    if not form.validate():
        abort(422, _("Choose days such as 2026-11-22, and a number that there is."))
    search = asked_for(form)
    note(Act.EXPORTED, what="audit", search=query(form))
    db.session.commit()
    at = utcnow()
    what = {"audit": query(form)}
    around = circumstances(agent(), at, what)
    members = iter([member(search)])
    pieces = archive(members, at, partial(sealed, around, config().secret_key))
    return streamed(
        pieces, "application/zip", filename("audit", at.astimezone(agent().zone))
    )


def member(search: Search) -> Member:
    chain = Chain()

    def rows() -> Iterator[tuple[str, ...]]:
        for row in looking.all_of(search):
            chain.rows += 1
            yield cells_of(row)

    return Member("audit.csv", documents.table(HEADER, rows()), chain, chained=False)


def cells_of(row: Audit) -> tuple[str, ...]:
    values = (row.id, row.at.isoformat(), row.agent_id, row.agent, row.act, row.kind,
              row.subject_id, row.detail, row.place, row.hash)  # fmt: skip
    return tuple("" if value is None else str(value) for value in values)


def form_from(given: object) -> AuditForm:
    form = AuditForm(given)
    names = [(each.id, each.name) for each in pages.colleagues().values()]
    form.agent.choices = [(0, _("Anybody")), *names]
    form.act.choices = [("", _("Anything")), *showing.ACTS.items()]
    form.kind.choices = [("", _("Anything")), *showing.KINDS.items()]
    return form


def asked_for(form: AuditForm) -> Search:
    since, until = days.span(form.since.data, form.until.data, agent().zone)
    return Search(
        agent=form.agent.data or 0,
        act=form.act.data or "",
        kind=form.kind.data or "",
        subject=form.subject.data or 0,
        since=since,
        until=until,
    )
