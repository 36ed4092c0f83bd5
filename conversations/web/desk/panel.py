"""The customer's panel: beside the thread where there is room, else a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, utcnow
from conversations.desk import customer_fields, details
from conversations.desk.audit import Act
from conversations.desk.customer_fields import WrongValue
from conversations.desk.details import Overtaken
from conversations.models import Conversation
from conversations.texting import erased
from conversations.web import pages
from conversations.web.desk import page, thread
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note, note_seen
from conversations.web.forms import one_line
from conversations.web.showing import panel as showing
from conversations.web.showing import people, times
from conversations.web.showing.panel import Known, Merged, Past, Viewer

PANEL = "panel"

bp = Blueprint("panel", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("/customer")
def show(conversation_id: int) -> ResponseReturnValue:
    conversation, _ = thread.find(conversation_id)
    shown = shown_page(conversation)
    note_seen(Act.OPENED, "conversation", conversation_id)
    return shown


@bp.post("/customer")
def save(conversation_id: int) -> ResponseReturnValue:
    """What is known of them, all at once; nothing, while something will not do."""
    conversation, _ = thread.find(conversation_id)
    values, wrong = typed()
    zone = one_line(request.form.get("time_zone"))
    if wrong or not details.zone_will_do(zone):
        pages.look_again()
        conversation, _ = thread.find(conversation_id)
        status = 200 if by_script() else 422
        return shown_page(conversation, zone=zone, wrong=wrong), status
    try:
        write(conversation, values, zone)
    except Overtaken:
        db.session.rollback()
        pages.look_again()
        conversation, _ = thread.find(conversation_id)
        return shown_page(conversation, overtaken=True), 200 if by_script() else 409
    db.session.commit()
    return redirect(url_for(".show", conversation_id=conversation_id), 303)


def write(conversation: Conversation, values: Mapping[int, str], zone: str) -> None:
    customer = conversation.customer
    known = {id: one_line(request.form.get(f"was-{id}")) for id in seen_of(values)}
    changed = details.set_values(customer.person_id, values, known)
    was = one_line(request.form.get("was-time_zone", customer.time_zone))
    zoned = details.set_zone(customer, zone, was)
    if changed or zoned:
        note(Act.DETAILS_CHANGED, "customer", customer.id, fields=changed, zone=zoned)
        details.tell(details.of_person(customer.person_id))


def seen_of(values: Mapping[int, str]) -> list[int]:
    """Of which fields the form says what stood there when it was shown."""
    return [id for id in values if f"was-{id}" in request.form]


def typed() -> tuple[dict[int, str], dict[int, str]]:
    """What was typed in each field there is, and what is wrong with some of it."""
    values: dict[int, str] = {}
    wrong: dict[int, str] = {}
    for field in db.session.scalars(customer_fields.in_use()):
        name = f"field-{field.id}"
        if name in request.form:
            written = one_line(request.form[name])
            try:
                values[field.id] = customer_fields.value(field, written)
            except WrongValue as fault:
                wrong[field.id] = str(fault)
    return values, wrong


def shown_page(
    conversation: Conversation,
    *,
    zone: str | None = None,
    wrong: Mapping[int, str] | None = None,
    overtaken: bool = False,
) -> str:
    """`zone` and what is `wrong` were typed and would not do."""
    known = panel(conversation, zone, wrong or {}) | {"overtaken": overtaken}
    if by_script() and request.headers.get("HX-Target") == PANEL:
        return render_template("customer/_panel.html", **known)
    return page.page(
        "customer/_pane.html",
        title=known["name"],
        current=conversation.id,
        **known,
    )


def panel(
    conversation: Conversation, zone: str | None, wrong: Mapping[int, str]
) -> dict[str, Any]:
    """Everything the template prints."""
    customer = conversation.customer
    viewer = Viewer(agent(), utcnow(), pages.colleagues())
    theirs = db.session.scalars(
        details.threads(agent(), details.of_person(customer.person_id))
    ).all()
    stops = details.stops(theirs)
    return {
        "conversation_id": conversation.id,
        "customer_id": customer.id,
        "erasable": agent().admin and not erased.is_tombstone(customer.address),
        "name": people.called(customer, agent()),
        "given_name": customer.name or "",
        "face": people.face(customer),
        "number": people.number_of(customer, agent()),
        "zone": showing.zone(customer, viewer, zone),
        "zone_was": customer.time_zone or "",
        "zone_wrong": zone is not None and not details.zone_will_do(zone),
        "fields": fields(customer.person_id, wrong),
        "sides": [
            showing.side(each, conversation.id, stops.get(each.id), viewer)
            for each in theirs
        ],
        "others": others(theirs, conversation),
        "past": past(theirs, viewer),
        "since": times.moment(customer.created_at, agent().zone),
    }


def others(theirs: Sequence[Conversation], here: Conversation) -> list[Merged]:
    """The other numbers of the same person, and which of all can be taken off."""
    customers = {each.customer.id: each.customer for each in theirs}
    return [
        showing.merged(each, agent())
        for each in customers.values()
        if each.id != here.customer_id or each.merged_into_id
    ]


def fields(customer_id: int, wrong: Mapping[int, str]) -> list[Known]:
    """With what is known, or what was typed and would not do."""
    before = details.values(customer_id)
    values = dict(before)
    values |= {id: one_line(request.form.get(f"field-{id}")) for id in wrong}
    in_use = db.session.scalars(customer_fields.in_use())
    return [showing.known(each, values, before, wrong) for each in in_use]


def past(theirs: Sequence[Conversation], viewer: Viewer) -> list[Past]:
    lines = {each.id: people.number(each.line.address) for each in theirs}
    closed = db.session.scalars(details.episodes(lines))
    return [showing.past(each, lines, viewer) for each in closed]
