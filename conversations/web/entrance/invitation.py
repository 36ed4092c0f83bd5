"""Opening an invitation's link: choosing a name, a password and a time zone.

Looking uses nothing up, because mail programs look at links before people do.
"""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import accounts, audit, inviting, throttle
from conversations.desk.audit import Act
from conversations.desk.throttle import Limit
from conversations.models import Invitation
from conversations.web import pages
from conversations.web.entrance import access
from conversations.web.entrance.profile import time_zones
from conversations.web.entrance.signing_in import TEN_MINUTES, TOO_MANY, caller
from conversations.web.forms import JoiningForm

PER_ADDRESS = Limit("invitation-address", 30, timedelta(hours=1))
GONE = 410

bp = Blueprint("invitation", __name__, url_prefix="/invitations/<token>")
access.guard_form(bp)


@bp.get("")
def show(token: str) -> ResponseReturnValue:
    found = inviting.of(token)
    return page(found, form_for(found)) if found else over()


@bp.post("")
def accept(token: str) -> ResponseReturnValue:
    if not allowed():
        return TOO_MANY, 429, TEN_MINUTES
    found = inviting.of(token)
    if found is None:
        return over()
    form = form_for(found)
    if not form.validate():
        return page(found, form), 422
    try:
        browser = inviting.accept(
            token,
            form.name.data or "",
            form.new.data or "",
            form.time_zone.data or "",
        )
    except accounts.AccountFault as fault:
        return refused(token, form, fault)
    audit.note(Act.JOINED, by=accounts.agent_named(found.email))
    db.session.commit()
    access.enter(browser)
    return redirect(url_for("inbox.show"), 303)


def allowed() -> bool:
    """Nobody guesses a link, but nobody need try as often as they can."""
    taken = throttle.take(PER_ADDRESS, caller())
    db.session.commit()
    return taken


def form_for(found: Invitation) -> JoiningForm:
    posted = request.form if request.method == "POST" else None
    form = JoiningForm(posted, name=found.name)
    form.time_zone.choices = time_zones("")
    return form


def refused(
    token: str, form: JoiningForm, fault: accounts.AccountFault
) -> ResponseReturnValue:
    pages.look_again()
    found = inviting.of(token)
    if found is None:
        return over()
    form.new.errors = [str(fault)]
    return page(found, form), 422


def page(found: Invitation, form: JoiningForm) -> str:
    return render_template("entrance/invitation.html", email=found.email, form=form)


def over() -> tuple[str, int]:
    return render_template("entrance/over.html", sentence=inviting.OVER), GONE
