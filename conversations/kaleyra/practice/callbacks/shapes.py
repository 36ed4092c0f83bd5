"""The shapes in which a customer's text may reach Parley.

The variables are those of Kaleyra's "Create SMS callback profile to receive incoming
SMS messages". The operator writes the template around them, and other products of
Kaleyra have templates of their own, so one text may arrive in many shapes.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..account import without_plus
from ..texts import Text

Variables: TypeAlias = Mapping[str, str]
Request: TypeAlias = dict[str, Any]

JSON_HEADER = {"Content-Type": "application/json"}


def variables(text: Text) -> dict[str, str]:
    """What Kaleyra knows of an incoming text; as in its sample, one number has a plus.

    The status and its companions say nothing about an incoming text, yet they are sent.
    """
    return {
        "source": without_plus(text.customer),
        "recipient": text.line,
        "message": text.body,
        "keyword": "",
        "id": text.id,
        "kid": text.id,
        "timestamp": f"{text.at:%Y-%m-%d %H:%M:%S}",
        "operator": "",
        "circle": "",
        "status": "SENT",
        "status_trace": "SENT",
        "description": "Message has been sent",
    }


def proper_json(said: Variables) -> Request:
    return {"method": "POST", "json": dict(said)}


def naive_json(said: Variables) -> Request:
    """Put in without escaping; a variable with no value stays as it is written."""
    filled = (f'"{name}":"{value or f"<{name}>"}"' for name, value in said.items())
    body = "{" + ",".join(filled) + "}"
    return {"method": "POST", "data": body.encode(), "headers": JSON_HEADER}


def form(said: Variables) -> Request:
    return {"method": "POST", "data": dict(said)}


def query(said: Variables) -> Request:
    return {"method": "GET", "params": dict(said)}


def swapped(said: Variables) -> Request:
    """As a profile bound the wrong way round would have it."""
    turned = {"source": said["recipient"], "recipient": said["source"]}
    return proper_json({**said, **turned})


def mgage(said: Variables) -> Request:
    """The gateway for the United States, as partners describe its form post."""
    words = {
        "device_address": said["source"],
        "inbound_address": without_plus(said["recipient"]),
        "message": said["message"],
        "message_orig": said["message"],
        "message_id": said["id"],
        "message_subid": "1",
        "channel": "sms",
        "status": "Processing",
        "status_code": "10",
    }
    return {"method": "POST", "data": words}


def eloqua(said: Variables) -> Request:
    """The Eloqua connector: its key `sender` is the business, `number` the customer."""
    words = {
        "message_id": said["id"],
        "sender": said["recipient"],
        "number": said["source"],
        "body": said["message"],
        "company_name": "",
    }
    return {"method": "POST", "json": words}


SHAPES: Mapping[str, Callable[[Variables], Request]] = {
    "json": proper_json,
    "naive_json": naive_json,
    "form": form,
    "get": query,
    "swapped": swapped,
    "mgage": mgage,
    "eloqua": eloqua,
}
