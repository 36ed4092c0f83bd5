"""Starting a conversation with a number, and naming the customer behind one."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from conversations.db import db
from conversations.desk import answering, customers, unsent, visibility
from conversations.desk.answering import Outdated
from conversations.desk.audit import Act
from conversations.models import Conversation, Line
from conversations.texting import phone, pricing
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.desk import page, thread
from conversations.web.desk.drafts import agreed, draft, renew
from conversations.web.entrance.access import agent, config, guard, local
from conversations.web.entrance.noting import note
from conversations.web.forms import NameForm, NewConversationForm
from conversations.web.showing import counter, people, prices
from conversations.web.showing.parts import Parts, parts
from conversations.words import N_

# Not that others write to each other, nor who: that is not this agent's to know.
NOT_HERE = N_("You cannot start a conversation with this number here. Ask an admin.")

bp = Blueprint("customers", __name__)
guard(bp)


@bp.get("/conversations/new")
def new() -> ResponseReturnValue:
    return form_page(form())


@bp.post("/conversations/new")
def start() -> ResponseReturnValue:
    wanted = form()
    if not wanted.validate():
        return form_page(wanted), 422
    try:
        conversation = customers.conversation_with(
            line_from(wanted), wanted.number.data or "", config().default_region
        )
    except phone.InvalidAddress as fault:
        return wrong(wanted, wanted.number, str(fault))
    if not visibility.conversation(agent(), conversation.id):
        return wrong(wanted, wanted.number, NOT_HERE)
    written = draft(wanted)
    _, read_up_to = thread.find(conversation.id)
    outcome = answering.reply(agent(), conversation, written, read_up_to)
    if isinstance(outcome, Refusal):
        renew(wanted, outcome)
        return turned_down(wanted, conversation, outcome)
    if isinstance(outcome, Outdated):
        unsent.keep(agent(), conversation, unsent.REPLY, written.body)
    else:
        note(Act.REPLIED, "conversation", conversation.id, message=outcome.id)
    there = url_for("thread.show", conversation_id=conversation.id)
    db.session.commit()
    return redirect(there, 303)


@bp.post("/customers/<id:customer_id>/name")
def rename(customer_id: int) -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        abort(422, N_("A name has at most 80 characters."))
    customer = visibility.customer(agent(), customer_id) or abort(404)
    customers.rename(customer, form.name.data or "")
    note(Act.NAMED, "customer", customer_id)
    db.session.commit()
    return redirect(local(form.next.data) or url_for("inbox.show"), 303)


def form() -> NewConversationForm:
    wanted = NewConversationForm()
    wanted.line.choices = [
        (line.id, people.number(line.address)) for line in open_to_me()
    ]
    return wanted


def open_to_me() -> Sequence[Line]:
    """The lines on which this agent would see what they began."""
    return db.session.scalars(visibility.lines(agent(), customers.lines())).all()


def line_from(wanted: NewConversationForm) -> Line:
    return next(line for line in open_to_me() if line.id == wanted.line.data)


def turned_down(
    wanted: NewConversationForm, conversation: Conversation, refusal: Refusal
) -> ResponseReturnValue:
    if refusal != answering.MANY_PARTS:
        return wrong(wanted, wanted.body, refusal.sentence)
    asked = parts(wanted.body.data or "", pricing.of(conversation))
    return form_page(wanted, asked), 422


def wrong(
    wanted: NewConversationForm, field: Field, sentence: str
) -> ResponseReturnValue:
    field.errors = [sentence]
    return form_page(wanted), 422


def form_page(wanted: NewConversationForm, asked: Parts | None = None) -> str:
    pages.look_again()
    count = counter.line(wanted.body.data or "")
    offered = {choice[0] for choice in wanted.line.iter_choices()}
    return page.page(
        "desk/_new.html",
        title=_("New conversation"),
        form=wanted,
        count=count,
        parts=asked,
        agreed=agreed(),
        prices=prices.for_script(each for each in pages.lines() if each.id in offered),
    )
