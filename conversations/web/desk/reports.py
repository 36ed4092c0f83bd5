"""Reports: what happened in some days, as plots, tables and files."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from conversations.db import db, utcnow
from conversations.desk import lines, tags, visibility
from conversations.desk.reports import gathering
from conversations.desk.reports.gathering import Gathered
from conversations.models import Line, Tag, Team
from conversations.searching.limit import OutOfTime
from conversations.web import pages
from conversations.web.desk import period
from conversations.web.entrance.access import agent, guard
from conversations.web.exports import documents
from conversations.web.showing import people
from conversations.web.showing.reports import report
from conversations.web.showing.reports.report import Choice, Names
from conversations.web.showing.reports.tables import Section
from conversations.web.showing.reports.values import machine, shown

TOO_MUCH = _l("There is too much to count at once. Choose fewer days.")

bp = Blueprint("reports", __name__, url_prefix="/reports")
guard(bp)


@bp.get("")
def show() -> ResponseReturnValue:
    wanted, problem = period.asked_for()
    found = None
    if not problem:
        try:
            found = gathering.gather(agent(), wanted)
        except OutOfTime:
            problem = str(TOO_MUCH)
    page = pages.page(
        "reports/page.html",
        asked=wanted,
        query=period.query(wanted),
        filters=period.filters(wanted),
        presets=period.presets(),
        preset=period.preset(wanted),
        choices=choices(),
        problem=problem,
        shown=shown,
        sections=report.sections(found, names()) if found else (),
        figures=report.figures(found, utcnow()) if found else (),
    )
    return page, 200 if found else 422


@bp.get("/<name>.csv")
def file(name: str) -> ResponseReturnValue:
    """The table of one section; times in seconds, shares of 1."""
    wanted, problem = period.asked_for()
    if name not in report.SECTIONS or problem:
        abort(404)
    found = gathered_or_503(wanted)
    answer = Response(
        as_csv(report.SECTIONS[name](found, names())), mimetype="text/csv"
    )
    called = f"parley-{name}-{wanted.first}-{wanted.last}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{called}"'
    return answer


def gathered_or_503(wanted: period.Asked) -> Gathered:
    try:
        return gathering.gather(agent(), wanted)
    except OutOfTime:
        abort(503, str(TOO_MUCH))


def as_csv(section: Section) -> Iterator[str]:
    header = [column.key for column in section.table.columns]
    rows = [[machine(value) for value in row] for row in section.table.rows]
    return documents.table(header, rows)


def names() -> Names:
    return Names(
        agents={each.id: each.name for each in pages.colleagues().values()},
        lines={each.id: people.number(each.address) for each in every_line()},
        tags={each.id: each.name for each in every_tag()},
    )


def choices() -> Sequence[Choice]:
    return report.choices(names(), {each.id: each.name for each in own_teams()})


def every_line() -> Sequence[Line]:
    return pages.once("every_line", lambda: db.session.scalars(lines.known()).all())


def every_tag() -> Sequence[Tag]:
    return pages.once("every_tag", lambda: db.session.scalars(tags.every()).all())


def own_teams() -> Sequence[Team]:
    """The teams whose numbers this agent may ask for."""
    if agent().admin:
        return pages.teams()
    own = set(visibility.sight(agent()).teams)
    return [team for team in pages.teams() if team.id in own]
