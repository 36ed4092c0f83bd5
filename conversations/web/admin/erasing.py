"""Erasing a person: an admin reads what goes and what stays, and says yes."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, reading
from conversations.desk import erasing, visibility
from conversations.desk.audit import Act
from conversations.desk.erasing import Extent
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note
from conversations.web.showing import people

bp = Blueprint("erasing", __name__, url_prefix="/customers/<id:customer_id>/erasure")
guard(bp)


@bp.get("")
def show(customer_id: int) -> ResponseReturnValue:
    theirs = find(customer_id)
    return shown(customer_id, theirs, erasing.objection(theirs))


@bp.post("")
def erase(customer_id: int) -> ResponseReturnValue:
    with reading():
        theirs = find(customer_id)
        problem = erasing.objection(theirs)
    if "sure" not in request.form or problem:
        pages.look_again()
        return shown(customer_id, find(customer_id), problem), 422
    newest = erasing.newest_callback()
    forget_journal(theirs, after=0)
    if problem := erasing.erase(find(customer_id), agent()):
        db.session.rollback()
        pages.look_again()
        return shown(customer_id, find(customer_id), problem), 409
    counts = {"numbers": len(theirs.customers), "messages": theirs.messages}
    note(Act.ERASED, "customer", customer_id, **counts)
    db.session.commit()
    # What came in meanwhile, and what was made of it.
    forget_journal(theirs, after=newest - erasing.LOOKED_AT)
    erasing.files(config().exports)
    there = theirs.conversation_ids
    if not there:
        return redirect(url_for("inbox.show"), 303)
    return redirect(url_for("thread.show", conversation_id=there[0]), 303)


def forget_journal(theirs: Extent, after: int) -> None:
    for _ in erasing.from_journal(theirs, after):
        db.session.commit()


def find(customer_id: int) -> Extent:
    """Only an admin gets this far; for others, whom they do not see is not there."""
    customer = visibility.customer(agent(), customer_id) or abort(404)
    if not agent().admin:
        abort(403)
    theirs = erasing.extent(customer)
    return abort(404) if theirs.erased else theirs


def shown(customer_id: int, theirs: Extent, problem: Refusal | None) -> str:
    stopped = [each for each in theirs.conversations if each.opted_out]
    return pages.page(
        "customer/erase.html",
        customer_id=customer_id,
        name=people.called(theirs.customers[0], agent()),
        numbers=[people.number_of(each, agent()) for each in theirs.customers],
        conversations=theirs.conversation_ids,
        messages=theirs.messages,
        stopped=[people.number(each.line.address) for each in stopped],
        problem=problem,
    )
