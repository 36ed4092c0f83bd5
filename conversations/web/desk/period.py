"""The days and the choices that the address of a report asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _

from conversations.db import utcnow
from conversations.desk.reports import asked
from conversations.desk.reports.asked import Asked
from conversations.web.addresses import position
from conversations.web.entrance.access import agent

FILTERS = ("line", "team", "agent", "tag")
EARLIEST, LATEST = date(1971, 1, 1), date(2999, 1, 1)

__all__ = ["Asked", "asked_for"]


def asked_for() -> tuple[Asked, str]:
    """What is asked for, and what is wrong with it, or ""."""
    days = asked.PRESETS.get(request.args.get("period", ""), asked.USUAL_DAYS)
    usual = asked.recent(days, agent().zone, utcnow())
    wanted = replace(
        usual,
        line=position("line") or 0,
        team=position("team") or 0,
        agent=position("agent") or 0,
        tag=position("tag") or 0,
    )
    if not request.args.get("since"):
        return wanted, ""
    try:
        first = date.fromisoformat(request.args["since"])
        last = date.fromisoformat(request.args.get("until") or str(usual.last))
    except ValueError:
        return wanted, _("Type days as in 2026-11-22.")
    if not EARLIEST <= first <= last <= LATEST:
        return wanted, _("Choose a first day that is not after the last.")
    if last - first >= timedelta(days=asked.LONGEST_DAYS):
        return wanted, _("Choose at most a year.")
    return replace(wanted, first=first, last=last), ""


def presets() -> Mapping[str, str]:
    return {"today": _("Today"), "7": _("7 days"), "28": _("28 days")}


def preset(wanted: Asked) -> str:
    """Which of them these days are, or ""."""
    today = utcnow().astimezone(wanted.zone).date()
    days = len(wanted.days) if wanted.last == today else 0
    return next((name for name, each in asked.PRESETS.items() if each == days), "")


def filters(wanted: Asked) -> dict[str, int]:
    return {name: id for name in FILTERS if (id := getattr(wanted, name))}


def query(wanted: Asked) -> dict[str, object]:
    """The report as it stands in an address."""
    return {"since": wanted.first, "until": wanted.last, **filters(wanted)}
