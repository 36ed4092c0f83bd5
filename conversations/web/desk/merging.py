"""Merging two customers who are one person, taking it back, and reading both."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, utcnow
from conversations.desk import merging, visibility
from conversations.desk.audit import Act
from conversations.models import Conversation, Customer, Message
from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.desk.page import LONGEST_QUERY
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note, note_seen
from conversations.web.forms import one_line
from conversations.web.showing import bubbles, people
from conversations.web.showing.bubbles import Bubble, Reading

bp = Blueprint("merging", __name__, url_prefix="/customers/<id:customer_id>")
guard(bp)


@bp.get("/merging")
def choose(customer_id: int) -> ResponseReturnValue:
    customer = find(customer_id)
    words = one_line(request.args.get("q"))[:LONGEST_QUERY]
    found = merging.candidates(agent(), customer, words) if words else None
    others = db.session.scalars(found).all() if found is not None else []
    return pages.page(
        "customer/choose.html",
        customer=called(customer),
        words=words,
        others=[called(each) for each in others],
    )


@bp.get("/merging/<id:other_id>")
def preview(customer_id: int, other_id: int) -> ResponseReturnValue:
    return preview_page(find_person(customer_id), find(other_id))


@bp.post("/merging/<id:other_id>")
def merge(customer_id: int, other_id: int) -> ResponseReturnValue:
    customer, other = find_person(customer_id), find(other_id)
    if merging.merge(customer, other):
        db.session.rollback()
        pages.look_again()
        return preview_page(find(customer_id), find(other_id)), 409
    note(Act.MERGED, "customer", customer.person_id, joined=other_id)
    db.session.commit()
    return redirect(url_for(".timeline", customer_id=customer_id), 303)


@bp.post("/separation")
def separate(customer_id: int) -> ResponseReturnValue:
    customer = find_person(customer_id)
    kept_id = customer.person_id
    if merging.separate(customer):
        note(Act.SEPARATED, "customer", kept_id, joined=customer_id)
    db.session.commit()
    return redirect(url_for(".timeline", customer_id=customer_id), 303)


@bp.get("/timeline")
def timeline(customer_id: int) -> ResponseReturnValue:
    """All that was said with this person, in order, only to read."""
    customer = find(customer_id)
    found = merging.timeline(agent(), customer.person_id)
    if before := position("before"):
        found = found.where(Message.id < before)
    messages = db.session.scalars(found).all()
    shown = list(reversed(messages[: merging.PAGE_SIZE]))
    threads = sides({message.conversation_id for message in shown})
    answer = pages.page(
        "customer/timeline.html",
        customer=called(customer),
        older=shown[0].id if len(messages) > len(shown) else None,
        said=[(bubble, threads[id]) for id, bubble in read(shown, customer)],
    )
    for id in sorted(threads):
        note_seen(Act.OPENED, "conversation", id)
    return answer


def sides(conversation_ids: set[int]) -> dict[int, dict[str, Any]]:
    """Between which two numbers each of these goes."""
    these = Conversation.id.in_(conversation_ids)
    return {
        each.id: {
            "id": each.id,
            "number": people.number_of(each.customer, agent()),
            "line": people.number(each.line.address),
        }
        for each in db.session.scalars(db.select(Conversation).where(these))
    }


def read(messages: list[Message], customer: Customer) -> list[tuple[int, Bubble]]:
    zone = agent().zone
    today, name = utcnow().astimezone(zone).date(), people.called(customer, agent())
    reading = Reading(zone=zone, today=today, customer=name, attempts={})
    neighbours = zip(messages, [None, *messages], strict=False)
    return [
        (message.conversation_id, bubbles.bubble(message, before, reading))
        for message, before in neighbours
    ]


def preview_page(customer: Customer, other: Customer) -> str:
    return pages.page(
        "customer/merge.html",
        customer=called(customer),
        other=called(other),
        name=merging.shared_name(customer, other),
        problem=merging.objection(customer, other),
    )


def find(customer_id: int) -> Customer:
    return visibility.customer(agent(), customer_id) or abort(404)


def find_person(customer_id: int) -> Customer:
    """Only where the one whose details are kept may be seen too: they are changed."""
    customer = find(customer_id)
    find(customer.person_id)
    return customer


def called(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "name": customer.name or "",
        "called": people.called(customer, agent()),
        "number": people.number_of(customer, agent()),
        "face": people.face(customer),
    }
