"""What the command box offers: places to go, and what can be done here, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from conversations.desk.views import BOXES, View, view_of
from conversations.models import Agent, Conversation, Line, SavedView, Tag
from conversations.web.languages import spoken
from conversations.web.showing import people
from conversations.web.showing.boxes import TABS, there
from conversations.web.showing.states import Preset
from conversations.words import N_

MOST = 9
PAGES = {
    "customers.new": N_("New conversation"),
    "search.show": N_("Search all texts"),
    "reports.show": N_("Reports"),
    "saved_replies.index": N_("Saved replies"),
    "profile.show": N_("Profile"),
}
REVIEWERS_PAGES = {"reviews.index": N_("Reviews")}
ADMIN_PAGES = {
    "agents.index": N_("Agents"),
    "teams.index": N_("Teams"),
    "lines.index": N_("Lines"),
    "callbacks.index": N_("Callbacks"),
    "settings.show": N_("Settings"),
    "audit.index": N_("Audit trail"),
    "setup.show": N_("First run"),
}
# By the name that an element of the page bears; what is not there is not offered.
ACTS = {
    "reply": N_("Reply"),
    "note": N_("Add a note"),
    "no_reply_needed": N_("No reply needed"),
    "needs_reply": N_("Needs a reply"),
    "close": N_("Close"),
    "reopen": N_("Open again"),
    "snooze": N_("Snooze"),
    "wake": N_("Wake"),
    "follow_up": N_("Follow up"),
    "followed_up": N_("Followed up"),
    "assign": N_("Assign"),
    "tag": N_("Tag"),
    "unread": N_("Mark as unread"),
}


@dataclass(frozen=True)
class Command:
    """Go to `href`, press `act` on the page, or post `values` to `post`."""

    words: str
    about: str = ""
    href: str = ""
    act: str = ""
    post: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Here:
    """The open conversation as its page showed it: up to which message, and whose."""

    id: int
    seen: str
    was: str


def acts() -> Iterator[Command]:
    for act, words in ACTS.items():
        yield Command(spoken(words), act=act)


def decisions(
    here: Here,
    agents: Sequence[Agent],
    me: Agent,
    presets: Sequence[Preset],
    tags: Sequence[Tag],
) -> Iterator[Command]:
    """What can be decided about the open conversation in one go."""
    owner = url_for("owner.assign", conversation_id=here.id)
    for agent in sorted(agents, key=lambda agent: agent.id != me.id):
        name = _("me") if agent.id == me.id else agent.name
        values = {"to": str(agent.id), "was": here.was}
        yield Command(_("Assign to %(name)s", name=name), post=owner, values=values)
    snooze = url_for("states.snooze", conversation_id=here.id)
    for preset in presets:
        words = _("Snooze: %(when)s", when=spoken(preset.words))
        values = {"until": preset.value, "seen": here.seen}
        yield Command(words, post=snooze, values=values)
    tagging = url_for("states.tag", conversation_id=here.id)
    for tag in tags:
        words = _("Tag: %(name)s", name=tag.name)
        yield Command(words, post=tagging, values={"tag": tag.name})


def places(
    me: Agent, views: Sequence[SavedView], lines: Sequence[Line]
) -> Iterator[Command]:
    inbox = _("Inbox")
    for box in BOXES:
        yield Command(spoken(TABS[box]), inbox, list_of(View(box=box)))
    for view in views:
        yield Command(view.name, _("View"), list_of(view_of(view)))
    for endpoint, words in pages(me).items():
        yield Command(spoken(words), _("Page"), url_for(endpoint))
    for line in lines if me.admin else ():
        address = url_for("lines.show", line_id=line.id)
        yield Command(people.number(line.address), _("Line"), address)


def pages(me: Agent) -> Mapping[str, str]:
    """Those that this agent may open."""
    reviewing = REVIEWERS_PAGES if me.reviews else {}
    return PAGES | reviewing | (ADMIN_PAGES if me.admin else {})


def list_of(view: View) -> str:
    place: dict[str, Any] = there(view)
    return url_for("inbox.show", **place)


def conversation(found: Conversation, me: Agent, *, several: bool) -> Command:
    name = people.called(found.customer, me)
    about = people.number_of(found.customer, me) if found.customer.name else ""
    if several:
        line = people.number(found.line.address)
        about = f"{about} · {line}" if about else line
    address = url_for("thread.show", conversation_id=found.id)
    return Command(name, about or _("Conversation"), address)


def fitting(commands: Iterator[Command], words: str) -> list[Command]:
    """Those in which every word that was typed stands."""
    wanted = words.casefold().split()
    return [
        each
        for each in commands
        if all(word in f"{each.words} {each.about}".casefold() for word in wanted)
    ]
