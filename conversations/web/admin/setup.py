"""The first run: what is there, and a text that goes out and is answered."""

from collections.abc import Sequence
from itertools import chain

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db, utcnow
from conversations.desk import customers, setting_up
from conversations.desk.audit import Act
from conversations.inside.doctor import work
from conversations.inside.doctor.finding import Finding, Level
from conversations.models import Line, Message
from conversations.texting import phone, sending
from conversations.texting.consent import Refusal
from conversations.texting.sending import Draft
from conversations.web import pages
from conversations.web.admin.setup_form import SetupForm
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note
from conversations.web.showing import people
from conversations.web.showing import setting_up as showing

bp = Blueprint("setup", __name__, url_prefix="/setup")
guard(bp, admin=True)


@bp.get("")
def show() -> ResponseReturnValue:
    return page(form_with_lines(SetupForm(formdata=None)))


@bp.post("/text")
def send() -> ResponseReturnValue:
    """A text to the admin's own phone, by the way that every text goes."""
    form = form_with_lines(SetupForm())
    if not form.validate():
        return wrong(form)
    try:
        outcome = sent(form)
    except phone.InvalidAddress as fault:
        form.number.errors = [str(fault)]
        return wrong(form)
    if isinstance(outcome, Refusal):
        form.number.errors = [outcome.sentence]
        return wrong(form)
    setting_up.remember(outcome)
    note(Act.REPLIED, "conversation", outcome.conversation_id, message=outcome.id)
    db.session.commit()
    return redirect(url_for(".show"), 303)


def sent(form: SetupForm) -> Message | Refusal:
    line = db.session.get_one(Line, form.line.data)
    number = form.number.data or ""
    conversation = customers.conversation_with(line, number, config().default_region)
    words = _(
        "This is a test text from Parley. Please answer it with any words, so that "
        "we see that answers arrive."
    )
    me = agent()
    draft = Draft(
        body=words,
        author=me.name,
        author_id=me.id,
        key=f"setup:{me.id}:{form.key.data}",
        valid_for=config().longest_wait,
    )
    return sending.reply(conversation, draft)


def form_with_lines(form: SetupForm) -> SetupForm:
    lines = db.session.scalars(customers.lines())
    form.line.choices = [(line.id, people.number(line.address)) for line in lines]
    return form


def wrong(form: SetupForm) -> ResponseReturnValue:
    pages.look_again()
    return page(form), 422


def page(form: SetupForm) -> str:
    proof = setting_up.proof()
    shown = showing.progress(proof, agent().zone, utcnow()) if proof else None
    return pages.page(
        "settings/setup.html",
        form=form,
        progress=shown,
        finished=setting_up.finished(),
        findings=findings() if shown and shown.late else (),
        hook=f"{config().public_url}/hooks/kaleyra/inbound",
        token=config().hook_token,
        practice=config().practice,
        account=config().kaleyra.configured,
    )


def findings() -> Sequence[Finding]:
    """What the doctor says of the ways that texts go."""
    found = chain(work.workers(), work.callbacks(config()), work.lines())
    return [each for each in found if each.level is not Level.OK]
