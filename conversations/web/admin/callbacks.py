"""The journal: finding callbacks, and having many of them read again."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, reading, utcnow
from conversations.desk import days, journal, strangers
from conversations.desk.audit import Act
from conversations.desk.journal import Search
from conversations.texting import replaying
from conversations.web import pages
from conversations.web.addresses import as_id, position
from conversations.web.admin.journal_forms import JournalSearchForm
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import query
from conversations.web.showing import callbacks
from conversations.web.showing import strangers as showing_strangers

bp = Blueprint("callbacks", __name__, url_prefix="/callbacks")
guard(bp, admin=True)

MOST_TICKED = 100


@bp.get("")
def index() -> ResponseReturnValue:
    form = JournalSearchForm(request.args)
    if not form.validate():
        return page(form, Search(before=position("before"))), 422
    return page(form, asked_for(form, position("before")))


@bp.post("/replays")
def replay() -> ResponseReturnValue:
    """Have the ticked ones, or all that a search finds, read again by the reader."""
    form = JournalSearchForm(request.form)
    if not form.validate():
        return page(form, Search()), 422
    before = as_id(request.form.get("before", ""))
    if "all" in request.form:
        with reading():
            batch = journal.replayable(asked_for(form, before))
        before = batch.older or before
        asked, more = batch.ids, batch.older
    else:
        ticked = request.form.getlist("callback")[:MOST_TICKED]
        asked, more = [id for each in ticked if (id := as_id(each))], None
    done = replaying.replay(asked)
    note(Act.JOURNAL_REPLAYED, many=len(done))
    db.session.commit()
    told = {
        "before": before,
        "again": len(done),
        "left": len(asked) - len(done),
        "more": more and 1,
    }
    answer: dict[str, Any] = {**query(form), **told}
    return redirect(url_for(".index", **answer), 303)


def page(form: JournalSearchForm, search: Search) -> str:
    zone = agent().zone
    return pages.page(
        "admin/callbacks.html",
        form=form,
        query=query(form),
        before=search.before,
        found=callbacks.listed(journal.found(search), zone),
        strangers=None if search.before else who_is_strange(),
        told={name: position(name) or 0 for name in ("again", "left", "more")},
        replayed="again" in request.args,
    )


def who_is_strange() -> showing_strangers.Strangers:
    now = utcnow()
    return showing_strangers.shown(
        db.session.execute(strangers.turned_away(now)).all(),
        db.session.scalar(strangers.times_turned_away(now)) or 0,
        db.session.execute(strangers.unknown_numbers()).all(),
        db.session.scalar(strangers.count_of_unknown_numbers()) or 0,
        agent().zone,
    )


def asked_for(form: JournalSearchForm, before: int | None) -> Search:
    since, until = days.span(form.since.data, form.until.data, agent().zone)
    return Search(
        outcome=form.outcome.data,
        address=form.address.data,
        since=since,
        until=until,
        words=form.q.data or "",
        before=before,
    )
