"""What the texts that left cost, each currency for itself; never a sum of several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from conversations.desk.reports import folding
from conversations.desk.reports.folding import Sums
from conversations.desk.reports.gathering import Gathered
from conversations.web.showing.reports import plots, traffic
from conversations.web.showing.reports.people import ordered
from conversations.web.showing.reports.plots import Columns, Point
from conversations.web.showing.reports.tables import Column, Figure, Row, Section, Table
from conversations.web.showing.reports.values import Money, in_words, shown


def by_time(found: Gathered) -> Section:
    when = found.when
    currencies = spent([each for at, each in when])
    words = _(
        "Parts times the price that the line had for the number when the text was "
        "written. Counted are texts that left us or may have. No price: nobody had set "
        "one then, so what they cost is not known and in no sum. What Kaleyra bills is "
        "in its own reports."
    )
    if currencies:
        also = _("The plot shows %(currency)s.", currency=currencies[0])
        words = f"{words} {also}"
    return Section(
        "cost",
        _("Cost"),
        words,
        Table(
            [traffic.first_column(found), *columns(currencies)],
            [(at, *row(each, currencies)) for at, each in when],
        ),
        plot(when, currencies[0]) if currencies else None,
        empty=not any(left(each) for at, each in when),
    )


def by_line(found: Gathered, names: Mapping[int, str]) -> Section:
    sums = folding.by(found.kinds, lambda count: count.line_id)
    currencies = spent(sums.values())
    rows = [
        (name, *row(each, currencies))
        for line_id, name, each in ordered(sums, names, "")
        if left(each)
    ]
    return Section(
        "line-cost",
        _("Cost by line"),
        _("The same for each of our numbers."),
        Table([Column("line", _("Line")), *columns(currencies)], rows),
        empty=not rows,
    )


def figures(every: Sums) -> Iterator[Figure]:
    """One for each currency; nothing where no text has a price."""
    more = ""
    if every.unpriced:
        more = ngettext("%(num)s text without a price", "%(num)s texts without a price",
                        every.unpriced)  # fmt: skip
    for currency in spent([every]):
        yield Figure(_("Cost"), Money(every.costs[currency], currency), more)


def spent(sums: Iterable[Sums]) -> Sequence[str]:
    """The currencies, that in which most was spent first."""
    found = folding.together(sums)
    return sorted(found, key=lambda currency: (-found[currency], currency))


def left(each: Sums) -> bool:
    return bool(each.costs or each.unpriced)


def columns(currencies: Sequence[str]) -> list[Column]:
    return [
        Column("parts", _("Parts")),
        *(
            Column(
                f"cost_{each}", _("Cost in %(currency)s", currency=each), barred=True
            )
            for each in currencies
        ),
        Column("no_price", _("Texts without a price")),
    ]


def row(each: Sums, currencies: Sequence[str]) -> Row:
    costs = [Money(each.costs[currency], currency) for currency in currencies]
    return (each.parts, *costs, each.unpriced)


def plot(when: traffic.When, currency: str) -> Columns:
    points = [
        Point(
            traffic.label(at),
            f"{shown(at)}: {shown(Money(each.costs[currency], currency))}",
            (each.costs[currency],),
        )
        for at, each in when
    ]

    title = _("Cost in %(currency)s", currency=currency)
    return plots.columns(title, points, [("out", title)], tick=in_words)
