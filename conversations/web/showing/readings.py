"""How a callback was understood, in words, with the names and values found in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.kaleyra.callbacks import InboundText, Report, Unreadable
from conversations.texting.journal import Said
from conversations.web.showing import people
from conversations.web.showing.callbacks import visible
from conversations.web.showing.wording import MARKS

SECRET = "token"


@dataclass(frozen=True)
class Reading:
    """`facts` are what we took from it, `fields` all that it says."""

    sentence: str
    facts: list[tuple[str, str]]
    fields: list[tuple[str, str]]


def shown(said: Said, fields: Mapping[str, str]) -> Reading:
    sentence, facts = in_words(said)
    told = [(name, visible(value)) for name, value in facts if value]
    said_besides = {name: value for name, value in fields.items() if name != SECRET}
    found = [(visible(name), visible(value)) for name, value in said_besides.items()]
    return Reading(sentence, told, found)


def in_words(said: Said) -> tuple[str, list[tuple[str, str]]]:
    if isinstance(said, InboundText):
        return "A text from a customer.", text_facts(said)
    if isinstance(said, Report):
        return "A report about one of our texts.", report_facts(said)
    assert isinstance(said, Unreadable)
    return f"Nothing that can be used. {said.reason}", []


def text_facts(said: InboundText) -> list[tuple[str, str]]:
    return [
        ("From", people.number(said.customer)),
        ("To", people.number(said.line)),
        ("Text", said.body or "(empty)"),
        ("Kaleyra's id", said.provider_id),
        ("Kaleyra's time", said.provider_time),
        ("But", " ".join(said.notes)),
    ]


def report_facts(said: Report) -> list[tuple[str, str]]:
    status = MARKS[said.status].words if said.status else "A status we do not know"
    return [
        ("Our reference", said.reference),
        ("Kaleyra's id", said.provider_id),
        ("Status", f"{status} ({said.raw_status})"),
        ("Trace", said.trace),
        ("Description", said.description),
        ("Kaleyra's time", said.provider_time),
    ]
