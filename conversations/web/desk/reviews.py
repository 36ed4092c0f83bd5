"""Reviews: lists of conversations, each looked at without a trace on the desk."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from conversations.db import db
from conversations.desk import reviewing
from conversations.desk.audit import Act
from conversations.models import Agent, Review, ReviewItem
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.admin.sure import ask, sure
from conversations.web.desk import page, samples, stretches
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note, note_seen
from conversations.web.exports import results
from conversations.web.forms import lines, one_line
from conversations.web.showing import people, questions, threads
from conversations.web.showing import reviews as showing
from conversations.web.showing.reviews import Progress

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
guard(bp)


@bp.before_request
def only_reviewers() -> None:
    if not agent().reviews:
        abort(403)


@bp.get("")
def index() -> ResponseReturnValue:
    return index_page(MultiDict())


@bp.post("")
def make() -> ResponseReturnValue:
    name = one_line(request.form.get("name"))[: reviewing.LONGEST_NAME]
    sample = samples.asked_for(request.form, agent().zone)
    if isinstance(sample, Refusal):
        return index_page(request.form, sample.sentence), 422
    made = reviewing.make(agent(), name, sample)
    if isinstance(made, Refusal):
        pages.look_again()
        return index_page(request.form, made.sentence), 422
    review_id = made.id
    note(Act.REVIEW_MADE, "review", review_id, conversations=made.total)
    db.session.commit()
    return redirect(url_for(".show", review_id=review_id), 303)


@bp.get("/<id:review_id>")
def show(review_id: int) -> ResponseReturnValue:
    review = find(review_id)
    items = reviewing.items(review)
    seen = reviewing.conversations(agent(), items)
    return pages.page(
        "reviews/review.html",
        review=review,
        title=showing.title(review, agent().zone),
        progress=Progress.of(items),
        rows=showing.rows(items, seen, agent()),
        following=reviewing.next_open(items),
    )


@bp.get("/<id:review_id>/results")
def take(review_id: int) -> ResponseReturnValue:
    """What was found, as a CSV file."""
    items = reviewing.items(find(review_id))
    seen = reviewing.conversations(agent(), items)
    note_seen(Act.EXPORT_FETCHED, "review", review_id)
    answer = Response(results.table(items, seen, agent()), mimetype="text/csv")
    name = f'attachment; filename="parley-review-{review_id}.csv"'
    answer.headers["Content-Disposition"] = name
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<id:review_id>/removal")
def remove(review_id: int) -> ResponseReturnValue:
    review = find(review_id)
    if not sure():
        title = showing.title(review, agent().zone)
        here = url_for(".show", review_id=review_id)
        return ask(questions.removing_review(title, here))
    reviewing.remove(review)
    note(Act.REVIEW_REMOVED, "review", review_id)
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.get("/<id:review_id>/<id:place>")
def read(review_id: int, place: int) -> ResponseReturnValue:
    return item_page(review_id, place)


@bp.post("/<id:review_id>/<id:place>")
def judge(review_id: int, place: int) -> ResponseReturnValue:
    """And on to the next that has no verdict."""
    items = reviewing.items(find(review_id))
    item = at(items, place)
    if item.conversation_id not in reviewing.conversations(agent(), [item]):
        abort(404)
    if not reviewing.hold(item):
        abort(404)
    verdict, comment = request.form.get("verdict", ""), lines(request.form.get("body"))
    me = db.session.get_one(Agent, agent().id)
    seen = request.form.get("seen", "")
    if problem := reviewing.judge(item, me, verdict, comment, seen):
        pages.look_again()
        return item_page(review_id, place, problem), 422
    following = reviewing.next_open(items, place)
    note(Act.REVIEW_JUDGED, "review", review_id, place=place)
    db.session.commit()
    if following is None:
        return redirect(url_for(".show", review_id=review_id), 303)
    return redirect(url_for(".read", review_id=review_id, place=following), 303)


def find(review_id: int) -> Review:
    return reviewing.one(agent(), review_id) or abort(404)


def at(items: Sequence[ReviewItem], place: int) -> ReviewItem:
    return items[place - 1] if place <= len(items) else abort(404)


def index_page(given: MultiDict[str, str], problem: str = "") -> str:
    reviews = db.session.scalars(reviewing.seen_by(agent()).limit(100)).all()
    judged, names = reviewing.judged(reviews), pages.colleagues()
    return pages.page(
        "reviews/index.html",
        reviews=showing.listed(reviews, judged, names, agent().zone),
        given=given,
        problem=problem,
        line_choices=[(each.id, people.number(each.address)) for each in pages.lines()],
        agents=[(each.id, each.name) for each in names.values()],
        tags=[(each.id, each.name) for each in page.known_tags()],
    )


def item_page(review_id: int, place: int, problem: Refusal | None = None) -> str:
    review = find(review_id)
    items = reviewing.items(review)
    item = at(items, place)
    seen = reviewing.conversations(agent(), [item]).get(item.conversation_id)
    thread = None
    if seen:
        stretch = stretches.asked_for(seen)
        bubbles = showing.at_rest(stretches.shown(seen, stretch))
        thread = threads.thread(seen, stretch, bubbles, 0, agent())
        note_seen(Act.REVIEWED, "conversation", seen.id)
    return pages.page(
        "reviews/item.html",
        review=review,
        title=showing.title(review, agent().zone),
        progress=Progress.of(items),
        item=item,
        thread=thread,
        verdict=request.form.get("verdict", item.verdict or ""),
        comment=request.form.get("body", item.comment),
        verdicts=showing.VERDICTS,
        seen=reviewing.mark(item),
        problem=problem.sentence if problem else "",
        theirs=problem is reviewing.JUDGED_SINCE,
    )
