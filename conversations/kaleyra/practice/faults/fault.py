"""A fault: how one send goes differently from all the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flask import Response

from ..callbacks.course import USUAL, Course
from ..connections import Wire

Answer: TypeAlias = Callable[[Wire], Response]
Spoil: TypeAlias = Callable[[Wire, Response], Response]


def unspoilt(_wire: Wire, answer: Response) -> Response:
    return answer


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one text.

    `instead` answers in Kaleyra's place and the text is not taken. Otherwise it is
    taken, `spoil` may ruin the good answer, and the reports take their `course`.
    """

    name: str
    instead: Answer | None = None
    spoil: Spoil = unspoilt
    course: Course = USUAL


NORMAL = Fault("normal")


def answers(name: str, answer: Answer, *, accepted: bool = False) -> Fault:
    """A fault that answers so, whether or not Kaleyra took the text all the same."""
    if accepted:
        return Fault(name, spoil=lambda wire, _good: answer(wire))
    return Fault(name, instead=answer)
