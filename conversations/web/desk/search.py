"""Searching all texts. What is looked for is private, so it stands in no address."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from conversations import db as database
from conversations.db import utcnow
from conversations.desk.finding import asked, results
from conversations.desk.finding.asked import Asked, Chip
from conversations.desk.finding.results import Found
from conversations.web import pages
from conversations.web.addresses import as_id
from conversations.web.desk import page
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note_search
from conversations.web.forms import one_line
from conversations.web.showing import finds, sieves

# Which part of the page a script asks for, by the id of what it puts it into.
PARTS = {
    "found": "search/_found.html",
    "search": "search/_search.html",
    "more": "search/_texts.html",
}

bp = Blueprint("search", __name__, url_prefix="/search")
guard(bp)


@bp.get("")
def show() -> ResponseReturnValue:
    return shown(Asked())


@bp.post("")
def find() -> ResponseReturnValue:
    """Comes as a form, and changes nothing."""
    database.read_only()
    return shown(sought())


def sought() -> Asked:
    """What was typed, with the filters chosen before or just now, less one put away."""
    typed = asked.asked_for(one_line(request.form.get("q")))
    wanted = [*chosen(), *typed.chips]
    kept = [chip for chip in wanted if chip != away()]
    return replace(typed, chips=tuple(dict.fromkeys(kept))[: asked.MOST_CHIPS])


def chosen() -> list[Chip]:
    before = [chip_of(each) for each in request.form.getlist("chip")]
    now = [Chip(n, one_line(request.form.get(n))) for n in asked.NAMES]
    return [chip for chip in (*before, *now) if chip.name in asked.NAMES and chip.value]


def away() -> Chip:
    return chip_of(request.form.get("without", ""))


def chip_of(text: str) -> Chip:
    name, _, value = one_line(text)[: asked.LONGEST].partition(":")
    return Chip(name, value)


def shown(wanted: Asked) -> str:
    older = as_id(request.form.get("older", ""))
    found = results.found(agent(), wanted, older)
    lines = pages.lines()
    several = lines if len(lines) > 1 else ()
    context = {
        "asked": wanted,
        "found": found,
        "finds": finds.finds(found, agent(), utcnow(), several),
        "used": [sieves.used(chip) for chip in wanted.chips],
        "faults": [sieves.fault(chip) for chip in found.faults],
        "strange": [sieves.strange(words) for words in wanted.strange],
        "older": older,
    }
    part = request.headers.get("HX-Target", "") if by_script() else ""
    if part in ("found", "more"):
        return render_template(PARTS[part], **context)
    agents = [each for each in pages.colleagues().values() if not each.disabled]
    if not (older or wanted.nothing or found.busy):
        noted(wanted, found)
    context["choices"] = sieves.choices(agents, lines, page.known_tags())
    if part in PARTS:
        return render_template(PARTS[part], **context)
    return pages.page("search/page.html", **context)


def noted(wanted: Asked, found: Found) -> None:
    """Which kinds of filters, and how many were on the first page; never the words."""
    note_search(
        filters=sorted({chip.name for chip in wanted.chips}),
        words=len(wanted.terms),
        texts=len(found.texts),
        people=len(found.people),
    )
