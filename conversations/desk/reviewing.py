"""Reviewing: making a list of conversations, and saying of each how it was handled.

A review is seen by whoever made it and by admins. Each conversation on it is seen only
by those who may see it anyway.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, delete, func, select

from conversations.db import db, utcnow
from conversations.desk import sampling, visibility
from conversations.desk.sampling import Sample
from conversations.models import Agent, Conversation, Review, ReviewItem
from conversations.texting.consent import Refusal
from conversations.words import N_

VERDICTS = FINE, NEEDS_WORK, FLAGGED = ("fine", "needs-work", "flagged")
LONGEST_NAME = 80
LONGEST_COMMENT = 2_000

NOTHING_LIKE_IT = Refusal(
    "nothing_like_it", N_("No conversation that you may see is like that.")
)
NO_VERDICT = Refusal("no_verdict", N_("Choose a verdict."))
JUDGED_SINCE = Refusal(
    "judged_since",
    N_("Somebody else has judged this meanwhile. Save again to replace it."),
)
TOO_LONG = Refusal("too_long", N_("Use at most 2,000 characters for the comment."))


def make(agent: Agent, name: str, sample: Sample) -> Review | Refusal:
    drawn = sampling.drawn(agent, sample)
    if not drawn:
        return NOTHING_LIKE_IT
    review = Review(agent_id=agent.id, name=name, total=len(drawn))
    db.session.add(review)
    db.session.flush()
    for place, conversation_id in enumerate(drawn, start=1):
        item = ReviewItem(
            review_id=review.id, place=place, conversation_id=conversation_id
        )
        db.session.add(item)
    return review


def seen_by(agent: Agent) -> Select[Review]:
    """Newest first."""
    found = select(Review).order_by(Review.id.desc())
    return found if agent.admin else found.where(Review.agent_id == agent.id)


def one(agent: Agent, review_id: int) -> Review | None:
    return db.session.scalar(seen_by(agent).where(Review.id == review_id))


def items(review: Review) -> Sequence[ReviewItem]:
    here = select(ReviewItem).where(ReviewItem.review_id == review.id)
    return db.session.scalars(here.order_by(ReviewItem.place)).all()


def judged(reviews: Sequence[Review]) -> Mapping[int, int]:
    """How many conversations of each have their verdict."""
    ids = [review.id for review in reviews]
    counted = (
        select(ReviewItem.review_id, func.count(ReviewItem.verdict))
        .where(ReviewItem.review_id.in_(ids))
        .group_by(ReviewItem.review_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def conversations(
    agent: Agent, found: Sequence[ReviewItem]
) -> Mapping[int, Conversation]:
    """Of those on a list, the ones that the agent may still see."""
    ids = [item.conversation_id for item in found]
    some = select(Conversation).where(Conversation.id.in_(ids))
    rows = db.session.scalars(visibility.visible_to(agent, some))
    return {row.id: row for row in rows}


def hold(item: ReviewItem) -> bool:
    """Keep everybody else's hands off it until the commit; False if it is removed."""
    here = ReviewItem.review_id == item.review_id, ReviewItem.place == item.place
    fresh = {"populate_existing": True}
    one = select(ReviewItem).where(*here).with_for_update()
    return db.session.scalar(one, execution_options=fresh) is not None


def mark(item: ReviewItem) -> str:
    """What tells one verdict on it from the next."""
    return item.judged_at.isoformat() if item.judged_at else ""


def judge(
    item: ReviewItem, by: Agent, verdict: str, comment: str, seen: str
) -> Refusal | None:
    """`seen` is the mark of the verdict that `by` had before them."""
    if verdict not in VERDICTS:
        return NO_VERDICT
    if len(comment) > LONGEST_COMMENT:
        return TOO_LONG
    if seen != mark(item):
        return JUDGED_SINCE
    item.verdict, item.comment = verdict, comment.strip()
    item.judged_by, item.judged_at = by.name, utcnow()
    return None


def next_open(found: Sequence[ReviewItem], after: int = 0) -> int | None:
    """The next place without a verdict, going round; None when all is done."""
    left = [item.place for item in found if item.verdict is None]
    return next((place for place in left if place > after), left[0] if left else None)


def remove(review: Review) -> None:
    here = ReviewItem.review_id == review.id
    db.session.execute(delete(ReviewItem).where(here))
    db.session.execute(delete(Review).where(Review.id == review.id))
