"""The phone's page, what it posts, and the fragment by which it stays up to date."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ..account import phone_number
from ..callbacks import customer as writing
from ..faults import menu
from ..line import current_line
from . import screen
from .screen import Complaint, Screen

bp = Blueprint("phone", __name__)

NUMBER_ADVICE = "Write the number with its country code, such as +1 202 555 0142."
NO_COMPLAINT = Complaint()
BODY_ADVICE = "Write something before you send it."


@bp.get("/")
def show() -> ResponseReturnValue:
    """One conversation; with nobody chosen, that of whoever had a text last."""
    shown = looked(request.args)
    if shown.customer or not shown.people:
        return page(shown)
    return back_to(shown.people[0].customer, shown.people[0].line)


@bp.get("/numbers")
def choose() -> ResponseReturnValue:
    typed = request.args.get("number", "")
    if customer := phone_number(typed):
        return back_to(customer, request.args.get("line", ""))
    return page(looked({}), Complaint(number=NUMBER_ADVICE, typed=typed)), 422


@bp.get("/changes")
def changes() -> ResponseReturnValue:
    """The parts of the page that change, or nothing if it has already seen them."""
    if request.args.get("seen") == screen.version(current_line()):
        return "", 204
    return render_template("_changes.html", screen=looked(request.args))


@bp.post("/texts")
def write() -> ResponseReturnValue:
    body = request.form.get("body", "").replace("\r\n", "\n")
    if not body.strip():
        return page(looked(request.form), Complaint(body=BODY_ADVICE)), 422
    customer, number = request.form["customer"], request.form["line"]
    writing.write(current_line(), writing.new_text(customer, number, body))
    return back_to(customer, number)


@bp.post("/retries")
def write_again() -> ResponseReturnValue:
    text = current_line().book.find(request.form["id"]) or abort(404)
    writing.write_again(current_line(), text)
    return back_to(text.customer, text.line)


def looked(asked: Mapping[str, str]) -> Screen:
    customer, number = asked.get("customer", ""), asked.get("line", "")
    return screen.look(current_line(), customer, number)


def page(shown: Screen, complaint: Complaint = NO_COMPLAINT) -> str:
    return render_template(
        "phone.html", screen=shown, complaint=complaint, menu=menu.MENU
    )


def back_to(customer: str, number: str) -> Response:
    return redirect(url_for("phone.show", customer=customer, line=number), 303)
