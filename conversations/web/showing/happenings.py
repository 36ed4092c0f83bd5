"""The sentences for what happened to a conversation, as they stand in its thread."""

from datetime import datetime, tzinfo

from flask_babel import gettext as _

from conversations.models import Message
from conversations.texting import events
from conversations.texting.events import Kind
from conversations.web.languages import spoken
from conversations.web.showing import times
from conversations.words import N_

NOBODY = "Parley"

SENTENCES = {
    Kind.TAKEN: N_("{who} took this conversation"),
    Kind.ASSIGNED: N_("{who} assigned this conversation to {to}"),
    Kind.ASSIGNED_TO_TEAM: N_("{who} gave this conversation to the team {to}"),
    Kind.RELEASED: N_("{who} released this conversation"),
    Kind.TEAM_TAKEN_OFF: N_("{who} took this conversation from the team {team}"),
    Kind.OWNER_AWAY: N_("{owner} is away, so this conversation is unassigned again"),
    Kind.OWNER_GONE: N_("{owner} has left, so this conversation is unassigned again"),
    Kind.OWNER_LATE: N_(
        "{owner} did not answer in time, so this conversation is unassigned again"
    ),
    Kind.PUT_BACK: (
        N_(
            "The customer wrote first, so the text that {who} had "
            "scheduled was not sent. "
            "{who} decides what becomes of it"
        )
    ),
    Kind.NOT_SENT: N_("The text that {who} had scheduled was not sent. {reason}"),
    Kind.SCHEDULED_SENT: N_("{who} sent what {author} had scheduled before its time"),
    Kind.SCHEDULED_EDITED: N_("{who} took what {author} had scheduled, to edit it"),
    Kind.SCHEDULED_CANCELLED: N_("{who} cancelled what {author} had scheduled"),
    Kind.NO_REPLY_NEEDED: N_("{who} said that no reply is needed"),
    Kind.NEEDS_REPLY: N_("{who} said that this needs a reply"),
    Kind.PROMISED: N_("{who} promised a follow-up for {until}"),
    Kind.FOLLOWED_UP: N_("{who} followed up as promised"),
    Kind.CLOSED: N_(
        "{who} closed this conversation · since {since} · {owner} · {tags}"
    ),
    Kind.REOPENED: N_("{who} opened this conversation again"),
    Kind.WROTE_AGAIN: N_("The customer wrote again, which opened this conversation"),
    Kind.SNOOZED: N_("{who} snoozed this conversation until the next text"),
    Kind.SNOOZED_UNTIL: N_("{who} snoozed this conversation until {until}"),
    Kind.WOKEN: N_("{who} woke this conversation"),
    Kind.TIME_CAME: N_("The time came, which woke this conversation"),
}

# Names that are times; they are kept as such, and everybody reads them in their zone.
REASON = "reason"
TIMES = frozenset({"since", "until"})


def sentence(message: Message, zone: tzinfo) -> str:
    """What happened and who did it, with its times in `zone`."""
    kind, names = events.happened(message)
    shown = {name: words(name, value, zone) for name, value in names.items()}
    found = _(SENTENCES[kind]).format(who=message.author or NOBODY, **shown)
    return found.replace(" ·  · ", " · ").removesuffix(" · ")


def words(name: str, value: str, zone: tzinfo) -> str:
    if name == REASON:
        return spoken(value)
    if name not in TIMES:
        return value
    return times.moment(datetime.fromisoformat(value), zone).words
