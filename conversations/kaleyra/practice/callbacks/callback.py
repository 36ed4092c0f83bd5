"""A callback: where to post, how, with which header, and when to try again.

The object is that of "Send Your First SMS" in its later revisions; the page on one-time
passwords shows a plain URL in the same place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from ..account import Hooks
from ..line import Called, PracticeLine

TIMEOUT = (2, 5)
MOST_RETRIES = 5
LONGEST_WAIT_SECONDS = 60.0
METHODS = ("GET", "POST", "PUT")


@dataclass(frozen=True)
class Callback:
    """Where one piece of news goes."""

    url: str
    method: str = "POST"
    header: Mapping[str, str] = field(default_factory=dict)
    retries: tuple[float, ...] = ()


def asked_for(fields: Mapping[str, str], hooks: Hooks | None) -> Callback | None:
    """The callback a send asks for: by a stored profile, or by its own words."""
    if fields.get("callback_profile_id"):
        return Callback(hooks.status_url, header=hooks.header) if hooks else None
    return parsed(fields.get("callback", ""))


def parsed(text: str) -> Callback | None:
    """The callback that `text` describes; None if it describes none."""
    if text.startswith(("http://", "https://")):
        return Callback(text)
    try:
        return described(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def described(words: dict[str, Any]) -> Callback | None:
    method = str(words.get("method", "POST")).upper()
    header = {name: str(value) for name, value in words.get("header", {}).items()}
    callback = Callback(str(words["url"]), method, header, waits(words.get("retry")))
    known = callback.url.startswith(("http://", "https://")) and method in METHODS
    return callback if known else None


def waits(retry: Mapping[str, Any] | None) -> tuple[float, ...]:
    """The seconds before each retry; Kaleyra writes the numbers as strings."""
    if not retry:
        return ()
    count = min(int(retry.get("count", 0)), MOST_RETRIES)
    seconds = [min(float(word), LONGEST_WAIT_SECONDS) for word in retry["interval"]]
    return tuple(seconds[min(turn, len(seconds) - 1)] for turn in range(count))


def post(line: PracticeLine, callback: Callback, body: Mapping[str, str]) -> None:
    """Post the news; if that fails, do so again when the callback says."""
    status = attempt(line, callback, body)
    line.called.append(Called(callback.method, callback.url, body, status))
    if callback.retries and not taken(status):
        wait, *rest = callback.retries
        again = Callback(callback.url, callback.method, callback.header, tuple(rest))
        line.later.do(wait, lambda: post(line, again, body))


def attempt(
    line: PracticeLine, callback: Callback, body: Mapping[str, str]
) -> int | None:
    try:
        return line.http.request(
            callback.method,
            callback.url,
            headers=callback.header,
            timeout=TIMEOUT,
            allow_redirects=False,
            **content(callback.method, body),
        ).status_code
    except requests.RequestException:
        return None


def content(method: str, body: Mapping[str, str]) -> dict[str, Any]:
    return {"params": body} if method == "GET" else {"json": body}


def taken(status: int | None) -> bool:
    return status in range(200, 300)
