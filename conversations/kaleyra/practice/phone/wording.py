"""How the phone words numbers, times and what became of a text."""

import re
from datetime import datetime

from flask import Flask

from ..faults.menu import CHOICES
from ..texts import Text

NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})", re.ASCII)

ARRIVALS = {
    "Submitted": "on its way",
    "Sent": "on its way",
    "Delivered": "arrived",
    "UnDelivered": "did not arrive",
    "NotSent": "was not sent",
}


def spaced(number: str) -> str:
    return NORTH_AMERICAN.sub(r"+1 \1 \2 \3", number)


def clock(at: datetime) -> str:
    local = at.astimezone()
    same_day = local.date() == datetime.now(local.tzinfo).date()
    return f"{local:%H:%M}" if same_day else f"{local.day} {local:%b %H:%M}"


def outcome(text: Text) -> str:
    """What became of a text, as far as the person at the phone should know."""
    if not text.inbound:
        arrival = ARRIVALS.get(text.status, text.status)
        return f"{arrival} ({text.trace})" if lost(text) else arrival
    if text.status == "Failed":
        return f"not taken: {text.trace}"
    return {"Sending": "sending", "Sent": "sent"}[text.status]


def lost(text: Text) -> bool:
    return text.status in ("UnDelivered", "NotSent", "Failed")


def fault_label(name: str) -> str:
    return CHOICES[name].label if name in CHOICES else name


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        spaced=spaced, clock=clock, outcome=outcome, fault_label=fault_label
    )
    app.jinja_env.tests["lost"] = lost
