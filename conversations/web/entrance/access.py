"""Who may see a page: the sign-in behind a request, and the guard of a blueprint."""

import logging
import re
from typing import cast

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    g,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.utils import redirect

from conversations import db
from conversations.config import Config
from conversations.desk import accounts
from conversations.inside import marks
from conversations.models import Agent, SignIn
from conversations.web import languages

logger = logging.getLogger(__name__)

MAX_FORM_BYTES = 256 * 1024
LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")

csrf = CSRFProtect()
login_manager = LoginManager()


class Viewer(UserMixin):
    """The agent who looks at a page, in the browser that holds `token`."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.sign_in = sign_in
        self.agent = sign_in.agent

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask, settings: Config) -> None:
    """Cookies, CSRF and sign-in. The cookie's prefix binds it to this host over TLS."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-parley" if settings.https else "parley_session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=accounts.LONGEST,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    csrf.init_app(app)
    login_manager.session_protection = None
    login_manager.user_loader(load)
    login_manager.init_app(app)


def guard(bp: Blueprint, *, admin: bool = False, largest: int = MAX_FORM_BYTES) -> None:
    """Let only agents (or admins) in, keep GET from writing, check forms' tokens.

    No form may be longer than `largest`, in bytes.
    """

    @bp.before_request
    def check() -> ResponseReturnValue | None:
        request.max_content_length = largest
        if not current_user.is_authenticated:
            return unauthorized()
        if admin and not agent().admin:
            abort(403)
        check_method()
        return None


def guard_form(bp: Blueprint) -> None:
    """The same for pages that need no sign-in."""

    @bp.before_request
    def check() -> None:
        request.max_content_length = MAX_FORM_BYTES
        check_method()


def check_method() -> None:
    if request.method in ("GET", "HEAD"):
        db.read_only()
    else:
        csrf.protect()


def agent() -> Agent:
    """The signed-in agent, read on a session of its own: it cannot be changed here."""
    return cast("Agent", current_user.agent)


def viewer() -> Viewer:
    return cast("Viewer", current_user)


def config() -> Config:
    return cast("Config", current_app.extensions["parley"])


def enter(token: str) -> None:
    """Sign this browser in, with nothing left of what it held before."""
    session.clear()
    session.permanent = True
    with db.reading():
        found = accounts.sign_in_of(token)
    if found:
        login_user(Viewer(token, found))


def load(token: str) -> Viewer | None:
    """Whose sign-in this is; of no use to ask again once the database was away.

    The page that says so is made of what every page is made of, which asks.
    """
    if "database_away" in g:
        return None
    try:
        with db.reading():
            found = accounts.sign_in_of(token)
    except (OperationalError, TimeoutError):
        g.database_away = True
        raise
    if found is None:
        return None
    marks.agent_id.set(found.agent_id)
    languages.speak(found.agent.language)
    note_seen(found)
    return Viewer(token, found)


def note_seen(found: SignIn) -> None:
    """What a page fetches by itself is no sign of an agent at the desk."""
    if "X-Background" in request.headers:
        return
    try:
        accounts.note_seen(found)
    except (OperationalError, TimeoutError):
        logger.warning("A sign-in could not be noted as seen; the database is busy")


def unauthorized() -> ResponseReturnValue:
    """To the sign-in page; but scripts get a bare 401, and typed text is kept."""
    if by_script() or request.path == "/live":
        return _("You were signed out."), 401, {"Content-Type": "text/plain"}
    if request.method == "POST":
        return render_template("errors/signed_out.html", text=typed_text()), 401
    here = request.full_path if request.query_string else request.path
    return redirect(url_for("signing_in.show", next=here), 303)


def by_script() -> bool:
    """Whether a script of ours asks, which wants a piece and not a page."""
    return "HX-Request" in request.headers


def typed_text() -> str:
    """What somebody wrote in a form that could not be taken."""
    return request.form.get("body", "")


def local(address: str | None) -> str | None:
    """`address` when it is surely a page of ours, so that nobody is sent elsewhere."""
    return address if address and LOCAL.fullmatch(address) else None
