"""How far the first run has come, hop by hop, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conversations.desk import understanding
from conversations.desk.setting_up import Proof
from conversations.models import Message
from conversations.texting.status import Status
from conversations.web.showing import callbacks, times, wording
from conversations.web.showing.callbacks import Summary, visible
from conversations.web.showing.readings import SECRET
from conversations.web.showing.times import Stamp

PATIENCE = timedelta(minutes=1)
TAKEN = (Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.UNDELIVERED)
STUCK = (Status.FAILED, Status.UNDELIVERED, Status.UNCONFIRMED)


@dataclass(frozen=True)
class Hop:
    """One part of the way; `at` and `detail` are known once it is done."""

    words: str
    done: bool
    at: Stamp | None = None
    detail: str = ""


@dataclass(frozen=True)
class Progress:
    """`late`: something has not come for a minute. `names` stand in the callback."""

    message_id: int
    hops: Sequence[Hop]
    trouble: str
    out: bool
    answer_id: int | None
    callback: Summary | None
    names: Sequence[str]
    late: bool

    @property
    def whole(self) -> bool:
        return self.out and self.answer_id is not None


def progress(proof: Proof, zone: ZoneInfo, now: datetime) -> Progress:
    text, answer, callback = proof.text, proof.answer, proof.callback
    found = understanding.fields(callback) if callback else {}
    waits_since = text.delivered_at or text.created_at
    return Progress(
        message_id=text.id,
        hops=hops(proof, zone),
        trouble=trouble(text),
        out=proof.out,
        answer_id=answer.id if answer else None,
        callback=callbacks.summary(callback, zone) if callback else None,
        names=[visible(name) for name in found if name != SECRET],
        late=not proof.whole and now - waits_since > PATIENCE,
    )


def hops(proof: Proof, zone: ZoneInfo) -> Sequence[Hop]:
    text, report = proof.text, proof.report
    taken = text.status in TAKEN
    return (
        Hop(_("Stored here"), done=True, at=times.moment(text.created_at, zone)),
        Hop(
            _("Accepted by Kaleyra"),
            done=taken,
            at=times.moment(text.sent_at, zone) if taken and text.sent_at else None,
            detail=visible(text.provider_id or "") if taken else "",
        ),
        Hop(
            _("Kaleyra reported that it was delivered"),
            done=proof.out,
            at=times.moment(report.received_at, zone) if report else None,
            detail=visible(report.raw_status) if report else "",
        ),
    )


def trouble(text: Message) -> str:
    """Why it goes no further, where that is known."""
    if text.status not in STUCK:
        return ""
    return text.failure_text or wording.mark(text).words
