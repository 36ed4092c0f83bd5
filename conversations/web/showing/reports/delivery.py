"""What became of the texts we sent: delivered, not delivered, or nobody knows."""

from datetime import date

from flask_babel import gettext as _

from conversations.desk.reports.folding import LOST, Sums
from conversations.desk.reports.gathering import Gathered
from conversations.kaleyra import traces
from conversations.texting import consent, expiry
from conversations.web.languages import spoken
from conversations.web.showing.reports import plots, traffic
from conversations.web.showing.reports.plots import Point
from conversations.web.showing.reports.tables import Column, Row, Section, Table
from conversations.web.showing.reports.values import Share, percent, shown

OURS = {
    each.code: each.sentence
    for each in (expiry.EXPIRED, consent.STOPPED, consent.NOT_TEXTABLE, consent.RETIRED)
}


def shares(found: Gathered) -> Section:
    when = found.when
    kinds = [
        ("delivered", _("Delivered")),
        ("unknown", _("Not known")),
        ("lost", _("Not delivered")),
    ]
    points = [
        Point(traffic.label(at), point_words(shown(at), each), hundredths(each))
        for at, each in when
    ]
    return Section(
        "delivery",
        _("Delivery"),
        _(
            "Delivered is what Kaleyra reported so; not delivered is what failed or "
            "was reported so. Not known is on its way, or nobody ever said. The "
            "delivery rate is of those whose end is known."
        ),
        Table(columns(traffic.first_column(found)), [row(*each) for each in when]),
        plots.columns(_("Delivery"), points, kinds, 100, lambda n: percent(n / 100)),
        empty=not any(each.outbound for at, each in when),
    )


def columns(first: Column) -> list[Column]:
    return [
        first,
        Column("out", _("Texts out")),
        Column("delivered", _("Delivered")),
        Column("not_delivered", _("Not delivered")),
        Column("unknown", _("Not known")),
        Column("delivery_rate", _("Delivery rate")),
    ]


def row(at: date, each: Sums) -> Row:
    return (at, each.outbound, each.delivered, each.lost, each.unknown, rate(each))


def rate(each: Sums) -> Share:
    return Share(each.delivered, each.final)


def hundredths(each: Sums) -> tuple[float, ...]:
    of = each.outbound or 1
    return tuple(100 * n / of for n in (each.delivered, each.unknown, each.lost))


def point_words(when: str, each: Sums) -> str:
    return _(
        "%(when)s: %(delivered)s of %(all)s delivered, %(lost)s not, "
        "%(unknown)s not known",
        when=when,
        all=shown(each.outbound),
        delivered=shown(each.delivered),
        lost=shown(each.lost),
        unknown=shown(each.unknown),
    )


def failures(found: Gathered) -> Section:
    """Why texts did not arrive, the most frequent first."""
    by_reason: dict[tuple[str, str], int] = {}
    for count in found.kinds:
        if not count.inbound and count.status in LOST:
            key = reason(count.code), count.code
            by_reason[key] = by_reason.get(key, 0) + count.texts
    ordered = sorted(by_reason.items(), key=lambda each: (-each[1], each[0]))
    every = sum(by_reason.values())
    return Section(
        "failures",
        _("Why texts did not arrive"),
        _("Texts that failed or were not delivered, by the reason that was given."),
        Table(
            [
                Column("reason", _("Reason")),
                Column("code", _("Code")),
                Column("texts", _("Texts"), barred=True),
                Column("share", _("Share")),
            ],
            [(words, code, n, Share(n, every)) for (words, code), n in ordered],
        ),
        empty=not every,
    )


def reason(code: str) -> str:
    """In words where we know the code, else as Kaleyra says it."""
    if code in OURS:
        return spoken(OURS[code])
    trace = traces.TRACES.get("".join(filter(str.isalnum, code)).upper())
    return spoken(trace.sentence) if trace else code or _("No reason was given.")
