"""What the doctor found: fine, a warning or a problem, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """`advice` says what to do; nothing that is fine needs any."""

    level: Level
    sentence: str
    advice: str = ""


Findings = Iterator[Finding]
Examination = Callable[[], Findings]


def ok(sentence: str) -> Finding:
    return Finding(Level.OK, sentence)


def warning(sentence: str, advice: str) -> Finding:
    return Finding(Level.WARNING, sentence, advice)


def problem(sentence: str, advice: str) -> Finding:
    return Finding(Level.PROBLEM, sentence, advice)
