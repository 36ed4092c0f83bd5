"""Judging Kaleyra's answer to a send by its HTTP status and its JSON.

The codes in the JSON are no HTTP statuses (`E401` means a text too long), so the number
is never looked at. Which keys are there varies by account and version: all are tried.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import islice
from typing import Any

import requests

from conversations.kaleyra.answers import (
    Accepted,
    Answer,
    Blocked,
    NotSent,
    Refused,
    Unconfirmed,
)
from conversations.texting.clean import clean_text
from conversations.words import N_

CONFIGURATION = {
    HTTPStatus.UNAUTHORIZED: (
        N_("Kaleyra refused our key (401). Check KALEYRA_API_KEY and KALEYRA_SID.")
    ),
    HTTPStatus.PAYMENT_REQUIRED: (
        N_("Kaleyra wants payment (402). Check the account's balance.")
    ),
    HTTPStatus.FORBIDDEN: (
        N_(
            "Kaleyra does not let us send (403). "
            "Check the key's rights and from which addresses it may be used."
        )
    ),
    HTTPStatus.NOT_FOUND: (
        N_(
            "Kaleyra does not know this address (404). "
            "Check KALEYRA_SID, KALEYRA_BASE_URL and KALEYRA_ENDPOINT."
        )
    ),
}
LATER = {
    HTTPStatus.TOO_MANY_REQUESTS: N_("Kaleyra asked us to slow down (429)."),
    HTTPStatus.SERVICE_UNAVAILABLE: N_("Kaleyra is not available (503)."),
}
PERMANENT = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
REFUSED = N_("Kaleyra refused the text (HTTP {status}) without saying why.")
REFUSED_BECAUSE = N_("Kaleyra refused the text: {words}")
UNCLEAR = N_("Kaleyra's answer was not clear (HTTP {status}). The text may have left.")
NO_ID = N_("Kaleyra answered without a message id. The text may have left.")
REDIRECTED = N_(
    "Kaleyra sent us elsewhere (HTTP {status}), which is not followed. "
    "Check KALEYRA_BASE_URL."
)
MAX_SENTENCE_LENGTH = 300
MOST_SENTENCES = 10
DEEPEST_ERROR = 8
LONGEST_VALUE = 500
MAX_RETRY_AFTER_SECONDS = 3600.0


def on(response: requests.Response, body: bytes) -> Answer:
    """What this answer means for the text."""
    status = response.status_code
    said = read(body)
    if status in CONFIGURATION:
        return Blocked(str(status), CONFIGURATION[HTTPStatus(status)])
    if comes_later(status, said, response):
        return NotSent(str(status), LATER[HTTPStatus(status)], retry_after(response))
    if status in PERMANENT:
        return Refused(code_in(said) or str(status), sentence_in(said, status))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Blocked(str(status), REDIRECTED.format(status=status))
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return success(said, status)
    return Unconfirmed(str(status), UNCLEAR.format(status=status))


def comes_later(status: int, said: dict[str, Any], response: requests.Response) -> bool:
    """Whether the text was surely not taken and should come again (docs/adr/0004).

    A 429 refuses, whoever says it. A 503 may also be a gateway's that passed the text
    on and got no answer, so it has to be in Kaleyra's words or name a time.
    """
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    return status in LATER and (bool(said) or "Retry-After" in response.headers)


def success(said: dict[str, Any], status: int) -> Answer:
    """A 2xx is acceptance if it names the message and its `error` is empty."""
    if says_something(said.get("error")):
        return Refused(code_in(said) or "refused", sentence_in(said, status))
    batch_id = text_of(said.get("id"))
    provider_id = next(message_ids(said), batch_id)
    if not provider_id:
        return Unconfirmed("no_id", NO_ID)
    return Accepted(provider_id, batch_id or provider_id.partition(":")[0])


def message_ids(said: dict[str, Any]) -> Iterator[str]:
    """Every id of a message in the answer: `data[].message_id`, else `message_id`."""
    data = said.get("data")
    entries = data if isinstance(data, list) else [data]
    for entry in (*entries, said):
        if isinstance(entry, dict) and (id := text_of(entry.get("message_id"))):
            yield id


def read(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; empty when there is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def says_something(value: object, depth: int = DEEPEST_ERROR) -> bool:
    """Whether there is an error: not where all is empty, null, false or zero."""
    if isinstance(value, str):
        return bool(value.strip())
    if not isinstance(value, dict | list) or not depth:
        return bool(value)
    return any(says_something(each, depth - 1) for each in inside(value))


def errors(value: object, depth: int = DEEPEST_ERROR) -> Iterator[str]:
    """The sentences under `error`, wherever Kaleyra put them."""
    if isinstance(value, dict | list):
        for each in inside(value) if depth else ():
            yield from errors(each, depth - 1)
    elif value and (text := text_of(value)):
        yield text


def inside(value: dict[str, Any] | list[Any]) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value


def sentence_in(said: dict[str, Any], status: int) -> str:
    """What Kaleyra says is wrong, in its own words."""
    found = islice(errors(said.get("error")), MOST_SENTENCES)
    words = text_of(said.get("message")) or " ".join(found)
    if not words:
        return REFUSED.format(status=status)
    return REFUSED_BECAUSE.format(words=ended(words[:MAX_SENTENCE_LENGTH]))


def ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def code_in(said: dict[str, Any]) -> str:
    return text_of(said.get("code"))


def text_of(value: object) -> str:
    """A text or number of Kaleyra's, storable and no longer than a column's index."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean_text(str(value)).strip()[:LONGEST_VALUE]


def retry_after(response: requests.Response) -> float | None:
    """Retry-After in seconds, however it was said; at most an hour."""
    value = response.headers.get("Retry-After", "").strip()
    seconds = float(value) if value.isdecimal() else until(value)
    return None if seconds is None else min(max(seconds, 0), MAX_RETRY_AFTER_SECONDS)


def until(date: str) -> float | None:
    try:
        return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
