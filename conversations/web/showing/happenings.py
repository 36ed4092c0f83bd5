"""The sentences for what happened to a conversation, as they stand in its thread."""

from conversations.models import Message
from conversations.texting import events
from conversations.texting.events import Kind

NOBODY = "Parley"

SENTENCES = {
    Kind.TAKEN: "{who} took this conversation",
    Kind.ASSIGNED: "{who} assigned this conversation to {to}",
    Kind.ASSIGNED_TO_TEAM: "{who} gave this conversation to the team {to}",
    Kind.RELEASED: "{who} released this conversation",
    Kind.TEAM_TAKEN_OFF: "{who} took this conversation from the team {team}",
    Kind.OWNER_AWAY: "{owner} is away, so this conversation is unassigned again",
    Kind.OWNER_GONE: "{owner} has left, so this conversation is unassigned again",
    Kind.PUT_BACK: (
        "The customer wrote first, so the text that {who} had scheduled was not sent. "
        "It is a draft of {who} again"
    ),
    Kind.NOT_SENT: "The text that {who} had scheduled was not sent. {reason}",
}


def sentence(message: Message) -> str:
    """What happened and who did it."""
    kind, names = events.happened(message)
    return SENTENCES[kind].format(who=message.author or NOBODY, **names)
