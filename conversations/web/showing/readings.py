"""How a callback was understood, in words, with the names and values found in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from conversations.kaleyra.callbacks import InboundText, Report, Unreadable
from conversations.texting.journal import Said
from conversations.web.languages import spoken
from conversations.web.showing import people
from conversations.web.showing.callbacks import visible
from conversations.web.showing.wording import MARKS
from conversations.words import N_

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
        return _("A text from a customer."), text_facts(said)
    if isinstance(said, Report):
        return _("A report about one of our texts."), report_facts(said)
    assert isinstance(said, Unreadable)
    return _("Nothing that can be used.") + f" {spoken(said.reason)}", []


def text_facts(said: InboundText) -> list[tuple[str, str]]:
    return [
        (N_("From"), people.number(said.customer)),
        (N_("To"), people.number(said.line)),
        (N_("Text"), said.body or _("(empty)")),
        (N_("Kaleyra's id"), said.provider_id),
        (N_("Kaleyra's time"), said.provider_time),
        (N_("But"), " ".join(spoken(note) for note in said.notes)),
    ]


def report_facts(said: Report) -> list[tuple[str, str]]:
    status = (
        _(MARKS[said.status].words) if said.status else _("A status we do not know")
    )
    return [
        (N_("Our reference"), said.reference),
        (N_("Kaleyra's id"), said.provider_id),
        (N_("Status"), f"{status} ({said.raw_status})"),
        (N_("Trace"), said.trace),
        (N_("Description"), said.description),
        (N_("Kaleyra's time"), said.provider_time),
    ]
