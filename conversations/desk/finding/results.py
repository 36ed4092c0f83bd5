"""What there is for a search: people first, then texts, newest first, a page at a time.

Only so many may search at once, and each for so long: a search never keeps others from
answering customers.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from conversations.db import db
from conversations.desk import known
from conversations.desk.finding.asked import Asked, Chip
from conversations.desk.finding.filters import Filters, filters
from conversations.desk.finding.looking import Looking
from conversations.desk.finding.people import MOST, are_of_people, people
from conversations.models import Agent, Conversation, Message
from conversations.searching import index, question
from conversations.searching.limit import Limit, OutOfTime
from conversations.searching.question import Span, Term

PAGE_SIZE = 50
SECONDS = 1.0
SECONDS_FOR_PEOPLE = 0.3
AT_ONCE = 4
PATIENCE_SECONDS = 2.0

turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Text:
    """A text that was found, its conversation, and where the words stand in it."""

    message: Message
    conversation: Conversation
    spans: Sequence[Span]


@dataclass
class Found:
    """`older` is from where on to look further; `stopped`: time ran out before then.

    `busy`: nothing was looked for, because too many search. `behind`: about so many
    texts cannot be found, because they are not in the index yet. `unasked`: time ran
    out before anybody knew which people there are.
    """

    people: Sequence[Conversation] = ()
    more_people: bool = False
    unasked: bool = False
    texts: Sequence[Text] = ()
    faults: Sequence[Chip] = ()
    older: int | None = None
    stopped: bool = False
    busy: bool = False
    behind: int = 0


def found(agent: Agent, asked: Asked, before: int | None = None) -> Found:
    """One page of what this agent may see, older than the message `before`."""
    if asked.nothing:
        return Found()
    if not turns.acquire(timeout=PATIENCE_SECONDS):
        return Found(busy=True)
    try:
        return searched(agent, asked, before)
    finally:
        turns.release()


def searched(agent: Agent, asked: Asked, before: int | None) -> Found:
    chosen = filters(asked.chips, agent)
    if chosen.faults:
        return Found(faults=chosen.faults)
    terms = (*asked.terms, *chosen.terms)
    limit = Limit(SECONDS, alone=True)
    looking = Looking(agent, terms, chosen, limit, wanted=PAGE_SIZE + 1)
    looking.look(top(before, chosen.below))
    ids, more = looking.ids[:PAGE_SIZE], len(looking.ids) > PAGE_SIZE
    ends = looking.reached + 1 if looking.stopped else None
    them, unasked = whom(agent, asked, before, chosen)
    return Found(
        people=them[:MOST],
        more_people=len(them) > MOST,
        unasked=unasked,
        texts=texts(ids, terms),
        older=ids[-1] if more else ends,
        stopped=looking.stopped and not more,
        behind=lacking(),
    )


def top(before: int | None, below: int | None) -> int:
    """The newest id to look at."""
    newest = db.session.scalar(select(func.max(Message.id))) or 0
    bounds = [bound - 1 for bound in (before, below) if bound is not None]
    return min([newest, *bounds])


def lacking() -> int:
    behind = index.behind()
    return behind - index.LATE if behind > index.LATE else 0


def whom(
    agent: Agent, asked: Asked, before: int | None, chosen: Filters
) -> tuple[Sequence[Conversation], bool]:
    """People, on the first page, and whether the time ran out that is theirs alone.

    Nobody, where a filter is about texts alone.
    """
    if before or not asked.plain or not are_of_people(asked.chips):
        return [], False
    limit = Limit(SECONDS_FOR_PEOPLE, alone=True)
    try:
        few = [id for (id,) in limit.rows(known.few(agent, asked.plain))]
        theirs = known.talked_to(agent, asked.plain, few)
        rows = limit.rows(people(agent, theirs, chosen.conditions))
    except OutOfTime:
        return [], True
    return [conversation for conversation, _ in rows], False


def texts(ids: Sequence[int], terms: Sequence[Term]) -> list[Text]:
    """These as they are now: what was changed since it was indexed is left out."""
    if not ids:
        return []
    query = select(Message, Conversation).join(Message.conversation)
    rows = db.session.execute(query.where(Message.id.in_(ids)))
    places = {m.id: (m, c, question.found_in(m.body, terms)) for m, c in rows}
    there = [places[id] for id in ids if id in places]
    return [Text(m, c, spans) for m, c, spans in there if spans is not None]
