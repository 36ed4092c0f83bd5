"""What the practice line knows, and what has been asked of it."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import requests
from flask import current_app
from requests.adapters import HTTPAdapter

from .account import Account, Hooks
from .faults import Script
from .history import History
from .later import WORKERS, Later
from .texts import Texts

REMEMBERED = 50_000
NAME = "practice line"


@dataclass(frozen=True)
class Received:
    """One request to the API, good or bad, as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Called:
    """One callback that was posted, and the status it met; None if nobody answered."""

    method: str
    url: str
    body: Mapping[str, str]
    status: int | None


@dataclass(eq=False, kw_only=True)
class PracticeLine:
    """Everything one practice Kaleyra holds; `hooks` may be set once they are known."""

    hooks: Hooks | None = None
    api_key: str = field(default=Account.api_key, repr=False)
    sid: str = Account.sid
    numbers: tuple[str, ...] = Account.numbers
    report_after: float = 0.6
    history: Path | None = None

    def __post_init__(self) -> None:
        self.account = Account(self.sid, self.api_key, tuple(self.numbers))
        self.book = Texts(History(self.history))
        self.received: deque[Received] = deque(maxlen=REMEMBERED)
        self.called: deque[Called] = deque(maxlen=REMEMBERED)
        self.scripted = Script()
        self.later = Later()
        self.stopping = threading.Event()
        self.http = session()


def session() -> requests.Session:
    """One pool for all callbacks; no proxy stands between two local programs."""
    http = requests.Session()
    http.trust_env = False
    for scheme in ("http://", "https://"):
        http.mount(scheme, HTTPAdapter(pool_maxsize=WORKERS))
    return http


def current_line() -> PracticeLine:
    return cast(PracticeLine, current_app.extensions[NAME])
