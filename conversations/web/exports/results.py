"""What a review found, as a table for spreadsheets."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from conversations.desk.exports import cells
from conversations.models import Agent, Conversation, ReviewItem
from conversations.web.showing import people

HEADER = (
    *("place", "conversation", "line", "number", "name"),
    *("verdict", "comment", "judged_by", "judged_at"),
)


def table(
    items: Sequence[ReviewItem], seen: Mapping[int, Conversation], viewer: Agent
) -> str:
    """Of conversations that the viewer may not see any more, only their ids."""
    written = StringIO()
    write = csv.writer(written).writerow
    write(HEADER)
    for item in items:
        conversation = seen.get(item.conversation_id)
        write([cells.guarded(str(each)) for each in row(item, conversation, viewer)])
    return written.getvalue()


def row(
    item: ReviewItem, conversation: Conversation | None, viewer: Agent
) -> tuple[object, ...]:
    line = number = name = ""
    if conversation:
        line = conversation.line.address.removeprefix("+")
        customer = conversation.customer
        number = people.address_of(customer.address, viewer).removeprefix("+")
        name = customer.name or ""
    at = item.judged_at.isoformat() if item.judged_at else ""
    judged = (item.verdict or "", item.comment, item.judged_by or "", at)
    return (item.place, item.conversation_id, line, number, name, *judged)
