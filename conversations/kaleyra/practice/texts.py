"""The texts that crossed the practice line, both ways, in the order of writing."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from .history import History

FINAL = frozenset({"Delivered", "UnDelivered", "NotSent"})


def utcnow() -> datetime:
    return datetime.now(UTC)


@dataclass
class Text:
    """One text between a customer and a line; `inbound` if the customer wrote it."""

    id: str
    customer: str
    line: str
    body: str
    inbound: bool = False
    status: str = "Submitted"
    trace: str = "SUBMITTED"
    at: datetime = field(default_factory=utcnow)
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        return self.status in FINAL

    @classmethod
    def recalled(cls, kept: dict[str, Any]) -> Self:
        return cls(**{**kept, "at": datetime.fromisoformat(kept["at"])})

    def kept(self) -> dict[str, Any]:
        """What the history keeps: not the fields, for they hold a callback's secret."""
        return {**asdict(self), "at": self.at.isoformat(), "fields": {}}


@dataclass(frozen=True)
class Person:
    """A customer as the list of people shows them: who, with whom, the last word."""

    customer: str
    line: str
    latest: Text


class Texts:
    """Every text, findable by id and by the two numbers it went between."""

    def __init__(self, history: History) -> None:
        self._lock = threading.Lock()
        self._history = history
        self._by_id: dict[str, Text] = {}
        self._threads: defaultdict[tuple[str, str], list[Text]] = defaultdict(list)
        self.version = 0
        self._recall(history.events())

    def add(self, text: Text) -> Text:
        """Remember the text, once: what comes again under the same id is not new."""
        with self._lock:
            if text.id not in self._by_id:
                self._remember(text)
                self._history.append(lambda: {"text": text.kept()})
        return text

    def mark(self, text: Text, status: str, trace: str) -> None:
        with self._lock:
            self._change(text, status, trace)
            self._history.append(lambda: {"mark": [text.id, status, trace]})

    def find(self, text_id: str) -> Text | None:
        return self._by_id.get(text_id)

    def all(self) -> list[Text]:
        with self._lock:
            return list(self._by_id.values())

    def between(self, customer: str, line: str) -> list[Text]:
        with self._lock:
            return list(self._threads.get((customer, line), ()))

    def people(self) -> list[Person]:
        """Everybody who has a text, latest first."""
        with self._lock:
            latest = [
                Person(*between, texts[-1]) for between, texts in self._threads.items()
            ]
        return sorted(latest, key=lambda person: person.latest.at, reverse=True)

    def _recall(self, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            if "text" in event:
                self._remember(Text.recalled(event["text"]))
            elif text := self._by_id.get(event["mark"][0]):
                self._change(text, *event["mark"][1:])

    def _remember(self, text: Text) -> None:
        self._by_id[text.id] = text
        self._threads[text.customer, text.line].append(text)
        self.version += 1

    def _change(self, text: Text, status: str, trace: str) -> None:
        text.status, text.trace = status, trace
        self.version += 1
