"""Handing a text to Kaleyra and understanding the answer.

Speaks `POST /v1/<SID>/messages` as a form (Send Your First SMS) and `/v1/<SID>/sms` as
JSON (the newer page; North American accounts must use it). Redirects are not followed,
answers are read up to a limit, and a whole call ends by a deadline.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

import requests

from conversations.config import Config, Kaleyra
from conversations.kaleyra import statuses, verdict
from conversations.kaleyra.answers import (
    Answer,
    Blocked,
    NotSent,
    OutgoingText,
    Unconfirmed,
)
from conversations.kaleyra.callbacks import Report
from conversations.kaleyra.deadline import WatchedAdapter, deadline
from conversations.words import N_

MAX_ANSWER_BYTES = 64 * 1024

NO_ACCOUNT = N_(
    "No Kaleyra account is configured. Set KALEYRA_SID and KALEYRA_API_KEY."
)
UNREACHABLE = N_("Kaleyra could not be reached.")
NO_ANSWER = N_(
    "The text went out, but Kaleyra's answer did not come. It may have arrived."
)
CUT_ANSWER = N_(
    "The text went out, but Kaleyra's answer broke off. It may have arrived."
)


class Client:
    """One thread's way to Kaleyra; `http` is its own session, kept between calls."""

    def __init__(self, settings: Kaleyra, status_url: str, hook_token: str) -> None:
        self.settings = settings
        self.status_url = status_url
        self.hook_token = hook_token
        self.address = f"{settings.base_url}/v1/{settings.sid}/{settings.endpoint}"
        self.headers = {"api-key": settings.api_key, "Accept": "application/json"}
        self.encode, self.content_type = ENCODINGS[settings.endpoint]
        self.timeout = (settings.connect_timeout, settings.read_timeout)
        self.http = requests.Session()
        self.http.trust_env = False
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, WatchedAdapter(max_retries=0))

    @classmethod
    def of(cls, config: Config) -> Self:
        """A client for these settings, with reports coming to our own address."""
        status_url = f"{config.public_url}/hooks/kaleyra/status"
        return cls(config.kaleyra, status_url, config.hook_token)

    def ask(self, provider_ids: Sequence[str]) -> list[Report]:
        """What Kaleyra says of these texts now; nothing when it cannot be asked.

        `GET …/status?message_ids=` (SMS Status); `/sms/status` wants a JSON content
        type even so.
        """
        try:
            with deadline(self.settings.deadline_seconds):
                answer = self.http.get(
                    f"{self.address}/status",
                    params={"message_ids": ",".join(provider_ids)},
                    headers=self.headers | {"Content-Type": "application/json"},
                    timeout=self.timeout,
                    allow_redirects=False,
                    stream=True,
                )
                return statuses.read(b"".join(first_bytes(answer)))
        except requests.RequestException:
            return []

    def send(self, text: OutgoingText) -> Answer:
        """Hand one text over. Whatever happens is an answer, never an exception."""
        if not self.settings.configured:
            return Blocked("no_account", NO_ACCOUNT)
        with deadline(self.settings.deadline_seconds) as limit:
            try:
                response = self.post(text)
                body = b"".join(first_bytes(response))
            except requests.RequestException as error:
                return failed_call(error, begun=limit.begun)
            return cut_answer() if limit.over else verdict.on(response, body)

    def post(self, text: OutgoingText) -> requests.Response:
        self.request.body = self.encode(self.parameters(text)).encode()
        self.request.prepare_content_length(self.request.body)
        return self.http.send(
            self.request, timeout=self.timeout, allow_redirects=False, stream=True
        )

    @cached_property
    def request(self) -> requests.PreparedRequest:
        """What all sends share: preparing it anew would be half of their work."""
        headers = self.headers | {"Content-Type": self.content_type}
        request = requests.Request("POST", self.address, headers)
        return self.http.prepare_request(request)

    def parameters(self, text: OutgoingText) -> dict[str, Any]:
        if self.settings.endpoint == "sms":
            return self.sms_parameters(text)
        return self.messages_parameters(text)

    def messages_parameters(self, text: OutgoingText) -> dict[str, str]:
        """See Send Your First SMS, "Parameters and Variables"."""
        given = self.common_parameters(text) | {
            "ref": text.reference,
            "ref1": text.ref1,
            "ref2": text.ref2,
        }
        if not self.settings.callback_profile_id:
            given["callback"] = json.dumps(self.callback(text))
        return {name: value for name, value in given.items() if value}

    def sms_parameters(self, text: OutgoingText) -> dict[str, object]:
        """The same for `/sms`: our data is a list there, and nothing shows `callback`.

        We send `callback` all the same when no profile is set; what Kaleyra does not
        know it ignores.
        """
        given: dict[str, object] = dict(self.common_parameters(text))
        references = [text.reference, text.ref1, text.ref2]
        given["ref"] = text.reference
        given["ref1"], given["ref2"] = text.ref1, text.ref2
        given["ref_custom"] = [reference for reference in references if reference]
        if not self.settings.callback_profile_id:
            given["callback"] = self.callback(text)
        return {name: value for name, value in given.items() if value}

    def common_parameters(self, text: OutgoingText) -> dict[str, str | None]:
        return {
            "to": text.to,
            "sender": text.sender,
            "body": text.body,
            "type": self.settings.message_type,
            "source": "API",
            "template_id": text.template_id,
            "unicode": "1" if text.unicode else None,
            "callback_profile_id": self.settings.callback_profile_id,
        }

    def callback(self, text: OutgoingText) -> dict[str, object]:
        """Where reports about this text go; the address itself carries our reference.

        See "SMS API callback request": numbers are strings there.
        """
        return {
            "url": f"{self.status_url}?{urlencode({'ref': text.reference})}",
            "method": "POST",
            "header": {"X-Hook-Token": self.hook_token},
            "retry": {"count": "3", "interval": ["10", "30", "60"]},
        }


ENCODINGS: dict[str, tuple[Callable[[dict[str, Any]], str], str]] = {
    "messages": (urlencode, "application/x-www-form-urlencoded"),
    "sms": (json.dumps, "application/json"),
}


def first_bytes(response: requests.Response) -> Iterator[bytes]:
    """The answer up to the limit; what is over it is not read."""
    left = MAX_ANSWER_BYTES
    with response:
        for chunk in response.iter_content(MAX_ANSWER_BYTES):
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return


def failed_call(error: requests.RequestException, *, begun: bool) -> Answer:
    """A call without an answer: it surely never left unless it was `begun`.

    Refused, reset and broken TLS are the same few classes before the first byte of the
    request and after it, so they tell nothing.
    """
    if not begun:
        return NotSent("unreachable", UNREACHABLE)
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return cut_answer()
    return Unconfirmed("no_answer", NO_ANSWER)


def cut_answer() -> Answer:
    return Unconfirmed("cut_answer", CUT_ANSWER)
