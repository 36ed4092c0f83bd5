"""An agent's own profile: name, time zone and password."""

from collections import defaultdict

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conversations.db import db
from conversations.desk import (
    accounts,
    news,
    passwords,
    preferences,
    throttle,
    undoing,
)
from conversations.desk.audit import Act
from conversations.desk.news import About
from conversations.desk.preferences import TAKE_ON_REPLY
from conversations.web import languages, pages
from conversations.web.entrance import access
from conversations.web.entrance.access import agent
from conversations.web.entrance.noting import note
from conversations.web.entrance.signing_in import PER_EMAIL, TEN_MINUTES, TOO_MANY
from conversations.web.forms import PasswordForm, ProfileForm

CONTINENTS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)
UTC = ("Etc/UTC", "UTC")

bp = Blueprint("profile", __name__, url_prefix="/profile")
access.guard(bp)


@bp.get("")
def show() -> ResponseReturnValue:
    return page(profile_form(), PasswordForm(formdata=None))


@bp.post("")
def save() -> ResponseReturnValue:
    form = profile_form()
    if not form.validate():
        return page(form, PasswordForm(formdata=None)), 422
    try:
        accounts.rename(agent(), form.name.data or "")
        accounts.set_time_zone(agent(), form.time_zone.data or "")
        preferences.set_language(agent(), form.language.data or "")
        preferences.choose(agent(), TAKE_ON_REPLY, value=form.take_on_reply.data)
        accounts.set_undo_seconds(agent(), form.undo_seconds.data)
    except accounts.AccountFault as fault:
        form.time_zone.errors = [str(fault)]
        return page(form, PasswordForm(formdata=None)), 422
    note(Act.AGENT_CHANGED, "agent", agent().id)
    db.session.commit()
    return redirect(url_for(".show", saved="profile"), 303)


@bp.post("/away")
def go_away() -> ResponseReturnValue:
    """Away, or with `back` here again."""
    accounts.set_away(agent(), away="back" not in request.form)
    note(Act.AGENT_CHANGED, "agent", agent().id, away="back" not in request.form)
    db.session.commit()
    return redirect(url_for(".show"), 303)


@bp.post("/keys")
def choose_keys() -> ResponseReturnValue:
    single = "single" in request.form
    preferences.choose(agent(), preferences.SINGLE_KEYS, value=single)
    db.session.commit()
    return redirect(url_for(".show", saved="keys"), 303)


@bp.post("/password")
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate():
        return page(profile_form(), form), 422
    if not allowed():
        form.current.errors = [TOO_MANY]
        return page(profile_form(), form), 429, TEN_MINUTES
    if not passwords.matches(agent().password_hash, form.current.data or ""):
        form.current.errors = [_("This is not your current password.")]
        return page(profile_form(), form), 422
    try:
        token = accounts.change_password(agent(), form.new.data or "")
    except accounts.AccountFault as fault:
        form.new.errors = [str(fault)]
        return page(profile_form(), form), 422
    throttle.give_back(PER_EMAIL, agent().email)
    note(Act.PASSWORD_CHANGED, "agent", agent().id)
    db.session.commit()
    access.enter(token)
    return redirect(url_for(".show", saved="password"), 303)


def allowed() -> bool:
    """Guessing the password here counts as guessing it at the door."""
    taken = throttle.take(PER_EMAIL, agent().email)
    db.session.commit()
    return taken


def profile_form() -> ProfileForm:
    """Filled with what was posted to it, else with what the agent has."""
    posted = request.form if request.endpoint == "profile.save" else None
    form = ProfileForm(
        posted,
        name=agent().name,
        time_zone=agent().time_zone,
        language=agent().language,
        undo_seconds=agent().undo_seconds,
        take_on_reply=preferences.chosen(agent(), TAKE_ON_REPLY),
    )
    form.time_zone.choices = time_zones(agent().time_zone)
    form.language.choices = [("", _("As the browser asks")), *languages.NAMES.items()]
    form.undo_seconds.choices = [
        (seconds, waits(seconds) if seconds else _("Off: replies leave at once"))
        for seconds in undoing.CHOICES
    ]
    return form


def waits(seconds: int) -> str:
    return ngettext("%(num)d second", "%(num)d seconds", seconds)


def time_zones(current: str) -> dict[str, list[tuple[str, str]]]:
    """By continent, with the agent's own even where it has an old name."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    groups[_("Universal")].append(UTC)
    for name in sorted(accounts.time_zones()):
        continent, _slash, place = name.partition("/")
        if place and continent in CONTINENTS:
            groups[continent].append((name, city(place)))
        elif name == current and name not in (*UTC, accounts.NOT_CHOSEN):
            groups[_("Yours now")].append((name, city(name)))
    return groups


def city(place: str) -> str:
    return place.replace("_", " ").replace("/", ", ")


def told_of() -> dict[str, bool]:
    wanted = {each.name.lower(): news.wants(agent(), each) for each in About}
    return wanted | {"text": preferences.chosen(agent(), news.SHOWS_TEXT)}


def page(profile: ProfileForm, password: PasswordForm) -> str:
    pages.look_again()
    return pages.page(
        "entrance/profile.html",
        profile=profile,
        password=password,
        told_of=told_of(),
        saved=request.args.get("saved"),
    )
