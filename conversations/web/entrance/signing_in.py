"""Signing in and out."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from conversations.db import db
from conversations.desk import accounts, audit, throttle
from conversations.desk.audit import Act
from conversations.desk.throttle import Limit
from conversations.web.entrance import access
from conversations.web.forms import SignInForm
from conversations.words import N_

PER_EMAIL = Limit("sign-in-email", 10, timedelta(hours=1))
PER_ADDRESS = Limit("sign-in-address", 20, timedelta(hours=1))

WRONG = N_("This email and password do not belong together.")
TOO_MANY = N_("Too many tries. Wait ten minutes before you try again.")
TEN_MINUTES = {"Retry-After": "600"}

bp = Blueprint("signing_in", __name__)
access.guard_form(bp)


@bp.get("/sign-in")
def show() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("inbox.show"))
    return page(SignInForm(next=access.local(request.args.get("next")) or ""))


@bp.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return page(form), 422
    email = form.email.data or ""
    if not allowed(email):
        return page(form, TOO_MANY), 429, TEN_MINUTES
    token = accounts.sign_in(email, form.password.data or "", form.time_zone.data or "")
    who = accounts.agent_named(email)
    if token is None:
        audit.note(Act.SIGN_IN_REFUSED, "agent", who.id if who else None)
        db.session.commit()
        return page(form, WRONG), 422
    audit.note(Act.SIGNED_IN, by=who)
    throttle.give_back(PER_EMAIL, email)
    throttle.give_back(PER_ADDRESS, caller())
    throttle.forget_old()
    db.session.commit()
    access.enter(token)
    return redirect(access.local(form.next.data) or url_for("inbox.show"), 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        accounts.sign_out(access.viewer().token)
        audit.note(Act.SIGNED_OUT, by=access.agent())
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for(".show"), 303)


def allowed(email: str) -> bool:
    """Count this try; committed at once, so that hashing holds nobody up.

    By address first: whoever is stopped there uses up nobody's tries but their own.
    """
    taken = throttle.take(PER_ADDRESS, caller()) and throttle.take(PER_EMAIL, email)
    db.session.commit()
    return taken


def caller() -> str:
    return request.remote_addr or "unknown"


def page(form: SignInForm, problem: str = "") -> str:
    return render_template("entrance/sign_in.html", form=form, problem=problem)
