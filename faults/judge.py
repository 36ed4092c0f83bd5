"""The judge: what was acknowledged, what Kaleyra got, what the database holds.

Written once for all faults. Nothing acknowledged may be missing, nothing may be there
twice or wait for ever, and a text nobody can be sure of must say so, with a reason that
the fault explains.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from conversations.texting.status import Status
from faults.fault import Fault
from faults.scene import Scene

OURS = """
    SELECT id, conversation_id, status, reference, failure_code FROM message
    WHERE direction = 'outbound' ORDER BY id
"""
THEIRS = "SELECT body, count(*) FROM message WHERE direction = 'inbound' GROUP BY body"
UNREAD = "SELECT count(*) FROM callback WHERE outcome = 'new'"
GONE = {Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.UNDELIVERED}
WAITING = {Status.QUEUED, Status.SENDING}


class Ours(NamedTuple):
    """One text of ours, as the database has it."""

    id: int
    conversation: int
    status: str
    reference: str
    code: str | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a fault came to. Waits are seconds."""

    fault: str
    sentence: str
    database: str
    heard: int
    queued: int
    lost: int
    doubled: int
    disordered: int
    stuck: int
    unconfirmed: Counter[str]
    arrived: int
    wait: float
    took: float
    broken: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether every promise was."""
        wrong = self.lost + self.doubled + self.disordered + self.stuck
        return not (wrong or self.broken)


def judge(scene: Scene, fault: Fault, took: float) -> Finding:
    texts = [Ours(*row) for row in scene.asked(OURS)]  # type: ignore[arg-type]
    theirs = {str(body): int(str(n)) for body, n in scene.asked(THEIRS)}
    taken = Counter(text.fields["ref"] for text in scene.kaleyra.texts)
    unconfirmed = [text for text in texts if text.status == Status.UNCONFIRMED]
    codes = Counter(str(text.code) for text in unconfirmed)
    unexplained = sorted(set(codes) - fault.explains)
    unread = int(str(scene.asked(UNREAD)[0][0]))
    return Finding(
        fault=fault.name,
        sentence=fault.sentence,
        database=scene.databases.name,
        heard=len(scene.load.promises.heard),
        queued=len(scene.load.promises.queued),
        lost=missing(scene, theirs, texts) + untrue(fault, texts, taken),
        doubled=surplus(theirs.values()) + surplus(taken.values()),
        disordered=disordered(scene, texts),
        stuck=sum(text.status in WAITING for text in texts) + unread,
        unconfirmed=codes,
        arrived=sum(taken[text.reference] > 0 for text in unconfirmed),
        wait=longest_wait(scene, texts),
        took=took,
        broken=(*scene.broken, *(f"unexplained: {code}" for code in unexplained)),
    )


def missing(scene: Scene, theirs: dict[str, int], texts: list[Ours]) -> int:
    """How much was acknowledged and is not there."""
    promises = scene.load.promises
    return len(promises.heard.keys() - theirs) + len(
        promises.queued.keys() - {text.id for text in texts}
    )


def untrue(fault: Fault, texts: Iterable[Ours], taken: Counter[str]) -> int:
    """How many are said to have left and never came, or failed without a reason."""
    return sum(
        (text.status in GONE and not taken[text.reference])
        or (text.status == Status.FAILED and text.code not in fault.fails)
        for text in texts
    )


def surplus(counts: Iterable[int]) -> int:
    return sum(max(0, count - 1) for count in counts)


def disordered(scene: Scene, texts: Iterable[Ours]) -> int:
    """How many texts overtook an earlier one of their conversation."""
    known = {text.reference: text for text in texts}
    latest: defaultdict[int, int] = defaultdict(int)
    overtaken = 0
    for taken in scene.kaleyra.texts:
        text = known[taken.fields["ref"]]
        overtaken += text.id < latest[text.conversation]
        latest[text.conversation] = max(text.id, latest[text.conversation])
    return overtaken


def longest_wait(scene: Scene, texts: Iterable[Ours]) -> float:
    """The longest anything acknowledged took: to be answered, or to reach Kaleyra."""
    promises = scene.load.promises
    ids = {text.reference: text.id for text in texts}
    sends = (
        text.at.timestamp() - promises.queued[ids[text.fields["ref"]]]
        for text in scene.kaleyra.texts
        if ids.get(text.fields["ref"]) in promises.queued
    )
    return max((*promises.heard.values(), *sends), default=0.0)
