"""Reviews in words: what they are called, how far they are, and what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conversations.desk.reviewing import FINE, FLAGGED, NEEDS_WORK
from conversations.models import Agent, Conversation, Review, ReviewItem
from conversations.web.showing import people, times
from conversations.web.showing.bubbles import Bubble
from conversations.web.showing.wording import Mark
from conversations.words import N_

VERDICTS = {
    FINE: Mark(N_("Fine"), "check", "good"),
    NEEDS_WORK: Mark(N_("Needs work"), "pencil", "unsure"),
    FLAGGED: Mark(N_("Flagged"), "flag", "bad"),
}


@dataclass(frozen=True)
class Progress:
    """How many of `total` have their verdict."""

    done: int
    total: int

    @classmethod
    def of(cls, items: Sequence[ReviewItem]) -> "Progress":
        return cls(sum(item.verdict is not None for item in items), len(items))


@dataclass(frozen=True)
class Listed:
    """A review in the list of them, with whoever made it."""

    id: int
    title: str
    maker: str
    progress: Progress


@dataclass(frozen=True)
class Row:
    """A conversation on a review's list; one not to be seen any more has no name."""

    place: int
    name: str
    line: str
    verdict: Mark | None
    comment: str


def title(review: Review, zone: ZoneInfo) -> str:
    made = times.moment(review.created_at, zone).words
    return review.name or _("Review of %(when)s", when=made)


def listed(
    reviews: Sequence[Review],
    judged: Mapping[int, int],
    agents: Mapping[int, Agent],
    zone: ZoneInfo,
) -> list[Listed]:
    return [
        Listed(
            id=each.id,
            title=title(each, zone),
            maker=agents[each.agent_id].name,
            progress=Progress(judged.get(each.id, 0), each.total),
        )
        for each in reviews
    ]


def rows(
    items: Sequence[ReviewItem], seen: Mapping[int, Conversation], viewer: Agent
) -> list[Row]:
    return [row(item, seen.get(item.conversation_id), viewer) for item in items]


def row(item: ReviewItem, conversation: Conversation | None, viewer: Agent) -> Row:
    return Row(
        place=item.place,
        name=people.called(conversation.customer, viewer) if conversation else "",
        line=people.number(conversation.line.address) if conversation else "",
        verdict=VERDICTS.get(item.verdict or ""),
        comment=item.comment,
    )


def at_rest(bubbles: Sequence[Bubble]) -> list[Bubble]:
    """Without what can be done about them."""
    return [replace(each, retryable=False, doubtful=False) for each in bubbles]
