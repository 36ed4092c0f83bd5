"""The one place that turns errors into pages: what happened, and what to do now."""

import logging
from dataclasses import dataclass

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, default_exceptions

from conversations.inside import marks
from conversations.web.entrance.access import by_script, typed_text
from conversations.web.languages import spoken
from conversations.words import N_

logger = logging.getLogger(__name__)

OTHER_DOORS = ("/api/", "/hooks/")
COME_AGAIN_SECONDS = "5"
SERVER_FAULTS = 500


@dataclass(frozen=True)
class Explanation:
    title: str
    sentence: str


EXPLANATIONS = {
    400: Explanation(
        N_("That did not come through"),
        N_(
            "What the browser sent could not be understood. Go back, "
            "reload the page and "
            "try again."
        ),
    ),
    403: Explanation(
        N_("Only for admins"),
        N_("This page is for admins. Ask one of them if you need something from here."),
    ),
    404: Explanation(
        N_("Nothing here"),
        N_("There is no such page, or what was here is gone."),
    ),
    405: Explanation(
        N_("Nothing to see here"),
        N_(
            "This address only takes what a form sends. Go back to the "
            "page with the form."
        ),
    ),
    413: Explanation(
        N_("Too much at once"),
        N_("What you sent is larger than this page takes. Shorten it and try again."),
    ),
    429: Explanation(
        N_("Too many tries"), N_("Wait a few minutes before you try again.")
    ),
    500: Explanation(
        N_("Something broke"),
        N_(
            "The fault is ours and has been noted. Nothing you sent was "
            "stored by half; "
            "reload the page to see how things stand."
        ),
    ),
    503: Explanation(
        N_("Busy at the moment"),
        N_(
            "The database did not answer in time, so nothing was stored. "
            "Try again in a "
            "moment."
        ),
    ),
}
TOO_OLD = Explanation(
    N_("This page had grown old"),
    N_(
        "It was open since before you last signed in, so nothing was "
        "sent. Go back, reload "
        "the page and send again."
    ),
)


def init_app(app: Flask) -> None:
    for code in default_exceptions:
        app.register_error_handler(code, http_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(TimeoutError, database_busy)


def http_error(error: HTTPException) -> ResponseReturnValue:
    if request.path.startswith(OTHER_DOORS):
        return error
    code = error.code or InternalServerError.code
    explained = EXPLANATIONS.get(code) or Explanation(
        error.name, N_("Try again later.")
    )
    return page(explained, code)


def csrf_error(error: CSRFError) -> ResponseReturnValue:
    return page(TOO_OLD, 400, typed_text())


def database_busy(error: Exception) -> ResponseReturnValue:
    """The database is locked, full or away; whoever asks may come again."""
    if request.path.startswith(OTHER_DOORS):
        raise error
    logger.error("The database did not answer", exc_info=error)
    answer, code = page(EXPLANATIONS[503], 503, typed_text())
    return answer, code, {"Retry-After": COME_AGAIN_SECONDS}


def page(explained: Explanation, code: int, text: str = "") -> tuple[str, int]:
    """A page that reads nothing from the database; scripts get the sentence alone."""
    if by_script():
        return spoken(explained.sentence), code
    reference = marks.request_id.get() if code >= SERVER_FAULTS else ""
    shown = {"explained": explained, "text": text, "reference": reference}
    return render_template("errors/error.html", **shown), code
