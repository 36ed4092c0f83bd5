"""What Kaleyra's callbacks say: a text from a customer, or news of one of our texts.

The operator chooses the names of the fields, and both kinds may come to one address, so
reading is tolerant. A callback that says too little becomes `Unreadable`, with the
reason; nothing here raises.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from conversations.kaleyra import names, vocabulary
from conversations.kaleyra.payload import RawCallback, fields
from conversations.kaleyra.sides import as_named, first, own_number, told_apart
from conversations.texting import phone
from conversations.texting.status import Status
from conversations.words import N_

__all__ = [
    "InboundText",
    "RawCallback",
    "Report",
    "Unreadable",
    "fields",
    "inbound_text",
    "looks_like_inbound",
    "looks_like_report",
    "report",
]

# What every database can still keep in an index.
LONGEST_ID = 500

NO_CUSTOMER = N_("It does not say which number the text came from.")
NO_TEXT_NAMED = N_("It does not say which of our texts it is about.")
NO_STATUS = N_("It does not say what became of the text.")


@dataclass(frozen=True)
class Unreadable:
    """A callback that says too little; the reason is a sentence for admins."""

    reason: str


@dataclass(frozen=True)
class InboundText:
    """A text from a customer to one of our lines.

    `line` is spelt as among our own numbers. `provider_time` is as Kaleyra wrote it,
    mostly without a zone. `notes` tell admins what was odd. `parts`, as (position,
    words), are there when the text did not come whole.
    """

    customer: str
    line: str
    body: str
    provider_id: str
    provider_time: str
    ours_recognised: bool
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """News of one of our texts: what Kaleyra said, "" for what it did not say.

    `reference` is our own id. `provider_id` is Kaleyra's, either of the message
    ("uuid:1") or of its batch ("uuid"). `status` is None when we do not know the word.
    """

    reference: str
    provider_id: str
    recipient: str
    status: Status | None
    raw_status: str
    trace: str
    description: str
    provider_time: str
    kid: str = ""


def inbound_text(
    said: Mapping[str, str], own_numbers: Sequence[str], region: str | None = None
) -> InboundText | Unreadable:
    """The text in `said`; `own_numbers` are those of all our lines, old ones too."""
    sides = told_apart(said, own_numbers)
    customer = sides.customer(region)
    if customer is None:
        return Unreadable(NO_CUSTOMER)
    oddity = sides.oddity()
    return InboundText(
        customer=customer,
        line=sides.line(region),
        body=body(said),
        provider_id=text_id(said),
        provider_time=first(said, names.TIME),
        ours_recognised=sides.recognised,
        notes=(oddity,) if oddity else (),
        parts=() if first(said, names.TEXT) else parts(said),
    )


def report(
    said: Mapping[str, str], reference_from_url: str = "", region: str | None = None
) -> Report | Unreadable:
    """The report in `said`; an own id in the address it came to is surest."""
    reference = reference_from_url or first(said, names.REFERENCE)
    provider_id = message_id(said)
    trace = first(said, names.TRACE) or code(said)
    status = said.get(names.STATUS) or trace
    if not reference and not provider_id:
        return Unreadable(NO_TEXT_NAMED)
    if not status:
        return Unreadable(NO_STATUS)
    return Report(
        reference=reference,
        provider_id=provider_id,
        recipient=phone.from_provider(first(said, names.RECIPIENT), region) or "",
        status=vocabulary.status_in(status, trace),
        raw_status=status,
        trace=trace or trace_as(status),
        description=words(said),
        provider_time=first(said, names.TIME),
        kid=said.get("kid", ""),
    )


def looks_like_inbound(said: Mapping[str, str], own_numbers: Sequence[str]) -> bool:
    """Whether a callback at the address for reports is a customer's text.

    A report may carry our own text, but then its recipient is the customer, and the
    `sender` is ours in either.
    """
    theirs, ours = as_named(said)
    if names.STATUS in said:
        ours = first(said, names.LINE)
    stranger = not own_number(theirs, own_numbers) and phone.from_provider(theirs)
    to_us = own_number(ours, own_numbers) is not None
    return bool(body(said) and to_us and stranger and phone.textable(stranger))


def looks_like_report(said: Mapping[str, str]) -> bool:
    """Whether a callback at the address for texts is a report.

    It has no text at all, or one that came from a program, which is ours. A status
    alone proves nothing, because incoming texts have one too ("SENT").
    """
    if said.get(names.ORIGIN, "").lower() == names.OURS:
        return True
    texts = any(map(names.is_text, said))
    return not texts and bool(first(said, (names.STATUS, *names.TRACE)))


def body(said: Mapping[str, str]) -> str:
    """The text itself, put together from its parts only where it is missing."""
    return first(said, names.TEXT) or "".join(words for _, words in parts(said))


def parts(said: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    """Those of a long text, as (position, words), in order."""
    found = ((m, said[m[0]]) for m in map(names.PART.fullmatch, said) if m)
    return tuple(sorted((int(m[1]), words) for m, words in found))


def text_id(said: Mapping[str, str]) -> str:
    """What makes the text itself known again; the mGage gateway uses two fields."""
    whole, sub_id = said.get("message_id"), said.get(names.TEXT_SUB_ID)
    if not (whole and sub_id):
        return first(said, names.TEXT_ID)
    both = f"{whole}:{sub_id}"
    return both if len(both) <= LONGEST_ID else sha256(both.encode()).hexdigest()


def message_id(said: Mapping[str, str]) -> str:
    """Kaleyra's id of one of our texts, or of its batch if nothing closer is there.

    A message's ends in its place in the batch, ":1" (Send Your First SMS, 3).
    """
    ids = [said[alias] for alias in names.REPORTED_ID if alias in said]
    return next((each for each in ids if ":" in each), ids[0] if ids else "")


def code(said: Mapping[str, str]) -> str:
    """A trace or status that came under a name for words."""
    values = (said.get(alias, "") for alias in names.DESCRIPTION)
    return next(filter(vocabulary.is_trace, values), "")


def trace_as(status: str) -> str:
    """The trace that came in place of a status: what is a status by itself is none."""
    known = vocabulary.read_status(status) is not None
    return "" if known or not vocabulary.is_trace(status) else status


def words(said: Mapping[str, str]) -> str:
    """Kaleyra's description in words."""
    values = (said.get(alias, "") for alias in names.DESCRIPTION)
    return next((v for v in values if v and not vocabulary.is_trace(v)), "")
