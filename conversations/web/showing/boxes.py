"""What stands above the list: its tabs with counts, its filters, and the views kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conversations.desk.filters import MOST_COUNTED
from conversations.desk.views import BOXES, LATEST, LONGEST_WAIT, View, view_of
from conversations.models import Line, SavedView, Tag
from conversations.web.showing import people

TABS = {"mine": "Mine", "unassigned": "Unassigned", "all": "All"}
STATES = {
    "": "Open",
    "open": "Open only",
    "snoozed": "Snoozed",
    "closed": "Closed",
    "any": "Open or not",
}
FLAGS = {
    "waiting": "Needs reply",
    "unread": "Unread",
    "failed": "Last text failed",
    "due": "Follow-up due",
}
ORDERS = {LATEST: "Latest first", LONGEST_WAIT: "Who waits, longest first"}


@dataclass(frozen=True)
class Names:
    """What ids in a view are called."""

    agents: Mapping[int, str]
    tags: Sequence[Tag]
    lines: Sequence[Line]

    def agent(self, id: int) -> str:
        return self.agents.get(id, "nobody")

    def tag(self, id: int) -> str:
        return next((tag.name for tag in self.tags if tag.id == id), "an archived tag")

    def line(self, id: int) -> str:
        found = (people.number(line.address) for line in self.lines if line.id == id)
        return next(found, "another line")


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
    view: View
    tabs: Sequence[Tab]
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
    plain = View()
    said = {
        "state": STATES[view.state],
        "line": names.line(view.line),
        "tag": names.tag(view.tag),
        "assignee": names.agent(view.assignee),
        **FLAGS,
    }
    return [
        Chosen(words, replace(view, **{name: getattr(plain, name)}).filters)
        for name, words in said.items()
        if getattr(view, name)
    ]


def there(view: View) -> dict[str, str]:
    return {**view.filters, "order": view.order}
