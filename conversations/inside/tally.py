"""What this process has counted since it started. Each process counts for itself."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterable

from conversations.kaleyra.answers import Accepted, Answer

Labels = tuple[tuple[str, str], ...]

STARTED = time.time()
OTHER = "other"
# Reasons come from Kaleyra; what looks like one of its codes may stand in a name.
CODE = re.compile(r"(?!.*\d{6})[\w -]{1,40}", re.ASCII)

counts: Counter[tuple[str, Labels]] = Counter()
lock = threading.Lock()


def count(name: str, **labels: str) -> None:
    """One more of these."""
    with lock:
        counts[name, tuple(labels.items())] += 1


def count_answers(answers: Iterable[Answer]) -> None:
    """Kaleyra's answers to our calls, by what they came to and why."""
    for answer in answers:
        reason = "" if isinstance(answer, Accepted) else code(answer.code)
        count("calls", outcome=type(answer).__name__.lower(), reason=reason)


def counted(name: str) -> list[tuple[Labels, int]]:
    with lock:
        return [(labels, n) for (of, labels), n in counts.items() if of == name]


def code(text: str | None) -> str:
    """A reason short and plain enough to group by."""
    return text if text and CODE.fullmatch(text) else OTHER
