"""The export of a single thread: each of its files, and the zip they are in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from conversations.desk.exports.archive import Member, archive
from conversations.desk.exports.choice import Choice
from conversations.desk.exports.manifest import Circumstances, manifest
from conversations.desk.exports.picking import picked
from conversations.desk.exports.records import Chain, Record
from conversations.desk.views import View
from conversations.inside.version import version
from conversations.models import Agent, Conversation
from conversations.web.exports import documents, paper, telling
from conversations.web.showing import people

CSV, JSON, HTML = FORMATS = ("csv", "json", "html")


@dataclass(frozen=True)
class Thread:
    """A thread to be taken away: for whom, when, and with notes or without."""

    conversation: Conversation
    viewer: Agent
    made_at: datetime
    notes: bool

    def records(self) -> Iterator[Record]:
        wanted = Choice(View(), self.conversation.id, notes=self.notes)
        return telling.records(picked(self.viewer, wanted), self.viewer)

    def sheets(self) -> Iterator[paper.Sheet]:
        return paper.sheets(self.conversation, self.viewer, notes=self.notes)

    @property
    def about(self) -> dict[str, Any]:
        """What stands in the JSON document besides the messages."""
        customer, line = self.conversation.customer, self.conversation.line
        return {
            "conversation": self.conversation.id,
            "line": line.address,
            "customer": {
                "number": people.address_of(customer.address, self.viewer),
                "name": customer.name,
            },
            "time_zone": self.viewer.time_zone,
            "notes": self.notes,
        }


def zipped(thread: Thread, formats: list[str], secret: str) -> Iterator[bytes]:
    """The zip with a file in each of these formats."""
    what = {"conversation": thread.conversation.id, "notes": thread.notes}
    around = circumstances(thread.viewer, thread.made_at, what)
    members = (member(thread, each) for each in FORMATS if each in formats)
    return archive(members, thread.made_at, partial(sealed, around, secret))


def sealed(around: Circumstances, secret: str, files: list[Any]) -> bytes:
    return manifest(around, files, secret)


def circumstances(
    viewer: Agent, made_at: datetime, what: dict[str, Any]
) -> Circumstances:
    return Circumstances(
        made_at=made_at.astimezone(viewer.zone),
        agent_id=viewer.id,
        agent=viewer.name,
        zone=viewer.time_zone,
        numbers="whole" if viewer.sees_numbers else "masked",
        parley=version(),
        what=what,
    )


def member(thread: Thread, kind: str) -> Member:
    name, chain = f"conversation-{thread.conversation.id}.{kind}", Chain()
    if kind == HTML:
        return Member(name, on_paper(thread, chain), chain, chained=False)
    if kind == JSON:
        pieces = documents.as_document(thread.records(), chain, thread.about)
        return Member(name, pieces, chain)
    return Member(name, documents.as_csv(thread.records(), chain), chain)


def on_paper(thread: Thread, chain: Chain) -> Iterator[str]:
    """The page; its messages are counted as they go by."""

    def counted() -> Iterator[paper.Sheet]:
        for sheet in thread.sheets():
            chain.rows += 1
            yield sheet

    heading = paper.heading(thread.conversation, thread.viewer, thread.made_at)
    return paper.alone(heading, counted())
