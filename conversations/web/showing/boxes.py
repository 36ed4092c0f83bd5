"""What stands above the list: its tabs with counts, its filters, and the views kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from conversations.desk.filters import MOST_COUNTED
from conversations.desk.views import BOXES, LATEST, LONGEST_WAIT, View, view_of
from conversations.models import Line, SavedView, Tag
from conversations.web.languages import spoken
from conversations.web.showing import people
from conversations.words import N_

TABS = {"mine": N_("Mine"), "unassigned": N_("Unassigned"), "all": N_("All")}
STATES = {
    "": N_("Open"),
    "open": N_("Open only"),
    "snoozed": N_("Snoozed"),
    "closed": N_("Closed"),
    "any": N_("Open or not"),
}
FLAGS = {
    "waiting": N_("Needs reply"),
    "unread": N_("Unread"),
    "failed": N_("Last text failed"),
    "due": N_("Follow-up due"),
}
UNREAD = "unread"
ORDERS = {LATEST: N_("Latest first"), LONGEST_WAIT: N_("Who waits, longest first")}


@dataclass(frozen=True)
class Names:
    """What ids in a view are called."""

    agents: Mapping[int, str]
    tags: Sequence[Tag]
    lines: Sequence[Line]

    def agent(self, id: int) -> str:
        return self.agents.get(id) or _("nobody")

    def tag(self, id: int) -> str:
        return next(
            (tag.name for tag in self.tags if tag.id == id), _("an archived tag")
        )

    def line(self, id: int) -> str:
        found = (people.number(line.address) for line in self.lines if line.id == id)
        return next(found, _("another line"))


@dataclass(frozen=True)
class Tab:
    name: str
    words: str
    count: str
    current: bool
    there: Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, in words; `without` leads to the view without it."""

    words: str
    without: Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    id: int
    name: str
    there: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """`unread` leads to the unread of this view, or back to all of it."""

    view: View
    tabs: Sequence[Tab]
    unread: Mapping[str, str]
    chosen: Sequence[Chosen]
    kept: Sequence[Kept]
    names: Names
    states: Mapping[str, str]
    flags: Mapping[str, str]
    orders: Mapping[str, str]


def head(
    view: View, counts: Mapping[str, int], kept: Sequence[SavedView], names: Names
) -> Head:
    return Head(
        view=view,
        tabs=tabs(view, counts),
        unread=replace(view, unread=not view.unread).filters,
        chosen=chosen(view, names),
        kept=[Kept(each.id, each.name, there(view_of(each))) for each in kept],
        names=names,
        states=STATES,
        flags=FLAGS,
        orders=ORDERS,
    )


def tabs(view: View, counts: Mapping[str, int]) -> list[Tab]:
    return [
        Tab(
            name=box,
            words=TABS[box],
            count=capped(counts[box]),
            current=view.box == box,
            there=replace(view, box=box).filters,
        )
        for box in BOXES
    ]


def capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def chosen(view: View, names: Names) -> list[Chosen]:
    """Those that no tab and no button shows as chosen."""
    plain = View()
    said = {
        "state": STATES[view.state],
        "line": names.line(view.line),
        "tag": names.tag(view.tag),
        "assignee": names.agent(view.assignee),
        **FLAGS,
    }
    return [
        Chosen(spoken(words), replace(view, **{name: getattr(plain, name)}).filters)
        for name, words in said.items()
        if getattr(view, name) and name != UNREAD
    ]


def there(view: View) -> dict[str, str]:
    return {**view.filters, "order": view.order}
