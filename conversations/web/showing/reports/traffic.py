"""Texts in and out by days or hours, and by hours of the week; and their parts."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from conversations.desk.reports import folding
from conversations.desk.reports.folding import Sums
from conversations.desk.reports.gathering import Gathered
from conversations.web.showing import times
from conversations.web.showing.reports import plots
from conversations.web.showing.reports.plots import Label, Point
from conversations.web.showing.reports.tables import Column, Section, Table
from conversations.web.showing.reports.values import short_day, shown

When = Sequence[tuple[date, Sums]]


def label(at: date) -> str:
    return f"{at:%H:%M}" if isinstance(at, datetime) else short_day(at)


def first_column(found: Gathered) -> Column:
    return Column("hour", _("Hour")) if found.asked.one_day else Column("day", _("Day"))


def volume(found: Gathered) -> Section:
    when = found.when
    kinds = [("in", _("Texts in")), ("out", _("Texts out"))]
    points = [
        Point(
            label(at),
            _(
                "%(when)s: %(inbound)s in, %(outbound)s out",
                when=shown(at),
                inbound=shown(each.inbound),
                outbound=shown(each.outbound),
            ),
            (each.inbound, each.outbound),
        )
        for at, each in when
    ]
    return Section(
        "texts",
        _("Texts in and out"),
        _(
            "Texts that customers sent us, and those that people or programs wrote to "
            "them, by when we stored them. Cancelled ones are left out."
        ),
        Table(
            [
                first_column(found),
                Column("in", _("Texts in")),
                Column("out", _("Texts out")),
            ],
            [(at, each.inbound, each.outbound) for at, each in when],
        ),
        plots.columns(_("Texts in and out"), points, kinds),
        empty=nothing(when),
    )


def nothing(when: When) -> bool:
    return not any(each.inbound or each.outbound for at, each in when)


def week(found: Gathered) -> Section:
    """When customers write."""
    hours = folding.by_hour_of_week(found.timed, found.asked)
    names = times.calendar()
    counts = [
        [hours[day, hour].inbound if (day, hour) in hours else 0 for hour in range(24)]
        for day in range(7)
    ]
    rows = [
        (
            names.short_days[day],
            [(n, box_words(names.days[day], hour, n)) for hour, n in enumerate(row)],
        )
        for day, row in enumerate(counts)
    ]
    labels = [Label(100 * hour / 24, f"{hour}:00") for hour in (0, 6, 12, 18)]
    return Section(
        "hours",
        _("When customers write"),
        _("Texts in, by the day of the week and the hour that clocks showed."),
        Table(
            [
                Column("weekday", _("Day")),
                *(Column(f"h{h}", f"{h}") for h in range(24)),
            ],
            [(names.days[day], *row) for day, row in enumerate(counts)],
        ),
        plots.grid(_("When customers write"), rows, labels),
        empty=not any(map(any, counts)),
    )


def box_words(weekday: str, hour: int, many: int) -> str:
    return _(
        "%(day)s, %(first)s to %(last)s: %(many)s in",
        day=weekday,
        first=f"{hour}:00",
        last=f"{hour + 1}:00",
        many=shown(many),
    )


def parts(found: Gathered) -> Section:
    """What a bill is made of."""
    when = found.when
    points = [
        Point(label(at), f"{shown(at)}: {shown(each.parts)}", (each.parts,))
        for at, each in when
    ]
    return Section(
        "parts",
        _("Parts that left"),
        _(
            "A long text goes in several SMS, and each is paid for. Counted are the "
            "parts of texts that left us or may have; failed ones never did."
        ),
        Table(
            [first_column(found), Column("parts", _("Parts"), barred=True)],
            [(at, each.parts) for at, each in when],
        ),
        plots.columns(_("Parts that left"), points, [("out", _("Parts"))]),
        empty=not any(each.parts for at, each in when),
    )
