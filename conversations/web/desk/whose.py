"""Whose a conversation is, read for the page of its thread."""

from conversations.desk import preferences
from conversations.desk.preferences import TAKE_ON_REPLY
from conversations.models import Conversation
from conversations.web import pages
from conversations.web.entrance.access import agent
from conversations.web.showing import ownership
from conversations.web.showing.ownership import Ownership


def shown(conversation: Conversation) -> Ownership:
    return ownership.ownership(
        conversation,
        pages.colleagues(),
        pages.teams(),
        agent(),
        takes=preferences.chosen(agent(), TAKE_ON_REPLY),
    )
