"""A thread as a page shows it: whose it is, some messages, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.desk import inbox
from conversations.models import Agent, Conversation
from conversations.texting import consent
from conversations.web.showing import people, stretches
from conversations.web.showing.bubbles import Bubble
from conversations.web.showing.people import Face
from conversations.web.showing.stretches import Stretch


@dataclass(frozen=True)
class Thread:
    """Everything the template prints.

    `closed` says why nothing can be sent, as a code; `refusal` says it in words. The
    messages go on beyond `older` and `newer`, and `new_since` is the first unseen one.
    """

    id: int
    customer_id: int
    name: str
    given_name: str
    number: str
    face: Face
    line: str
    closed: str
    refusal: str | None
    unread: bool
    heard: bool
    newest: int
    bubbles: Sequence[Bubble]
    older: int | None
    newer: int | None
    seen: int
    new_since: int | None

    @property
    def end(self) -> int:
        """The last that is shown, be it a text or a note."""
        return max(self.newest, self.bubbles[-1].id if self.bubbles else 0)


def thread(
    conversation: Conversation,
    stretch: Stretch,
    bubbles: Sequence[Bubble],
    seen: int,
    viewer: Agent,
) -> Thread:
    customer, line = conversation.customer, conversation.line
    refusal = consent.refusal(conversation)
    return Thread(
        id=conversation.id,
        customer_id=customer.id,
        name=people.called(customer, viewer),
        given_name=customer.name or "",
        number=people.number_of(customer, viewer),
        face=people.face(customer),
        line=people.number(line.address),
        closed=refusal.code if refusal else "",
        refusal=refusal.sentence if refusal else None,
        unread=inbox.unread(conversation, seen),
        heard=conversation.last_inbound_id is not None,
        newest=conversation.last_message_id or 0,
        bubbles=bubbles,
        older=stretch.older,
        newer=stretch.newer,
        seen=seen,
        new_since=stretches.new_since(stretch, seen),
    )
