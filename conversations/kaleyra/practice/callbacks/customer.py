"""A customer writes: their text, and carrying it to Parley."""

from functools import partial
from uuid import uuid4

import requests

from ..line import PracticeLine
from ..texts import Text
from .callback import TIMEOUT, taken
from .shapes import SHAPES, variables


class NotConnected(Exception):
    """The practice line was not told where Parley listens."""


def new_text(
    customer: str, line: str, body: str, provider_id: str | None = None
) -> Text:
    text_id = provider_id or str(uuid4())
    return Text(text_id, customer, line, body, inbound=True, status="Sending", trace="")


def write(line: PracticeLine, text: Text) -> None:
    """Carry the text to Parley in the background; the phone shows how that went."""
    line.book.add(text)
    line.later.do(0, partial(carry, line, text))


def write_again(line: PracticeLine, text: Text) -> None:
    """Carry a text that did not get through once more, as the same text."""
    line.book.mark(text, "Sending", "")
    line.later.do(0, partial(carry, line, text))


def resume(line: PracticeLine) -> None:
    """Carry on with what a stop interrupted; Kaleyra, too, may deliver a text twice."""
    for text in line.book.all():
        if text.status == "Sending":
            write_again(line, text)


def carry(line: PracticeLine, text: Text) -> None:
    try:
        deliver(line, text, "json")
    except requests.RequestException:
        line.book.mark(text, "Failed", "Parley could not be reached")
    except NotConnected as error:
        line.book.mark(text, "Failed", str(error))


def deliver(
    line: PracticeLine, text: Text, form: str, **said: str
) -> requests.Response:
    """Post the text to Parley once, in one of the known shapes."""
    if line.hooks is None:
        raise NotConnected("This practice line does not know where Parley listens")
    request = SHAPES[form]({**variables(text), **said})
    request["headers"] = {**request.get("headers", {}), **line.hooks.header}
    answer = line.http.request(
        url=line.hooks.inbound_url, timeout=TIMEOUT, allow_redirects=False, **request
    )
    outcome = "Sent" if taken(answer.status_code) else "Failed"
    line.book.mark(text, outcome, f"Parley answered {answer.status_code}")
    return answer
