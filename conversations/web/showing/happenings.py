"""The sentences for what happened to a conversation, as they stand in its thread."""

from datetime import datetime, tzinfo

from conversations.models import Message
from conversations.texting import events
from conversations.texting.events import Kind
from conversations.web.showing import times

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
    Kind.NO_REPLY_NEEDED: "{who} said that no reply is needed",
    Kind.NEEDS_REPLY: "{who} said that this needs a reply",
    Kind.PROMISED: "{who} promised a follow-up for {until}",
    Kind.FOLLOWED_UP: "{who} followed up as promised",
    Kind.CLOSED: "{who} closed this conversation · since {since} · {owner} · {tags}",
    Kind.REOPENED: "{who} opened this conversation again",
    Kind.WROTE_AGAIN: "The customer wrote again, which opened this conversation",
    Kind.SNOOZED: "{who} snoozed this conversation until the next text",
    Kind.SNOOZED_UNTIL: "{who} snoozed this conversation until {until}",
    Kind.WOKEN: "{who} woke this conversation",
    Kind.TIME_CAME: "The time came, which woke this conversation",
}

# Names that are times; they are kept as such, and everybody reads them in their zone.
TIMES = frozenset({"since", "until"})


def sentence(message: Message, zone: tzinfo) -> str:
    """What happened and who did it, with its times in `zone`."""
    kind, names = events.happened(message)
    shown = {name: words(name, value, zone) for name, value in names.items()}
    found = SENTENCES[kind].format(who=message.author or NOBODY, **shown)
    return found.replace(" ·  · ", " · ").removesuffix(" · ")


def words(name: str, value: str, zone: tzinfo) -> str:
    if name not in TIMES:
        return value
    return times.moment(datetime.fromisoformat(value), zone).words
