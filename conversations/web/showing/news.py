"""What a notice says of a message, outside of the page."""

from typing import TypedDict

from flask_babel import gettext as _

from conversations.models import Agent, Conversation, Message
from conversations.models.message import EVENT
from conversations.web.showing import people

LONGEST_TEXT = 160


class Notice(TypedDict):
    """`text` is empty unless its reader wants texts on their screen."""

    id: int
    title: str
    text: str


def notice(
    message: Message, conversation: Conversation, viewer: Agent, *, shows_text: bool
) -> Notice:
    said = shows_text and message.direction != EVENT
    text = message.body[:LONGEST_TEXT] if said else ""
    return Notice(id=message.id, title=title(message, conversation, viewer), text=text)


def title(message: Message, conversation: Conversation, viewer: Agent) -> str:
    customer = people.called(conversation.customer, viewer)
    if message.noted:
        words = _(
            "%(who)s mentioned you: %(customer)s", who=message.author, customer=customer
        )
    elif message.direction == EVENT:
        words = _("Unassigned again, still waiting: %(customer)s", customer=customer)
    else:
        words = _("New text from %(customer)s", customer=customer)
    return str(words)
