"""The same by agent, by line and by tag."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel import gettext as _

from conversations.desk.reports import folding, waiting
from conversations.desk.reports.folding import Sums
from conversations.desk.reports.gathering import Gathered
from conversations.desk.reports.volumes import Heard
from conversations.desk.reports.waiting import Over
from conversations.web.showing.reports.delivery import rate
from conversations.web.showing.reports.tables import Column, Row, Section, Table
from conversations.web.showing.reports.values import UNKNOWN, Lasting


def by_agent(found: Gathered, names: Mapping[int, str]) -> Section:
    out = [count for count in found.kinds if not count.inbound]
    sums = folding.by(out, lambda count: count.author_id)
    waits = grouped(found.waits, lambda wait: wait.agent_id)
    rows = [
        (name, each.outbound, rate(each), *answer_times(waits.get(agent_id, ())))
        for agent_id, name, each in ordered(sums, names, _("Programs"))
    ]
    columns = [
        Column("agent", _("Agent")),
        Column("out", _("Texts out"), barred=True),
        Column("delivery_rate", _("Delivery rate")),
        *answer_columns(),
    ]
    words = _(
        "Texts that each agent wrote, and how long those customers waited whom they "
        "answered."
    )
    return Section("agents", _("By agent"), words, Table(columns, rows), empty=not rows)


def by_line(found: Gathered, names: Mapping[int, str]) -> Section:
    sums = folding.by(found.kinds, lambda count: count.line_id)
    waits = grouped(found.waits, lambda wait: wait.line_id)
    rows = [
        (
            name,
            each.inbound,
            each.outbound,
            each.parts,
            rate(each),
            *answer_times(waits.get(line_id, ())),
        )
        for line_id, name, each in ordered(sums, names, "")
    ]
    columns = [
        Column("line", _("Line")),
        Column("in", _("Texts in"), barred=True),
        Column("out", _("Texts out"), barred=True),
        Column("parts", _("Parts")),
        Column("delivery_rate", _("Delivery rate")),
        *answer_columns(),
    ]
    words = _("What each of our numbers heard and sent.")
    return Section("lines", _("By line"), words, Table(columns, rows), empty=not rows)


def by_tag(found: Gathered, names: Mapping[int, str]) -> Section:
    heard = found.heard or {}
    tags = sorted(
        {*found.tagged, *heard},
        key=lambda tag: (
            -sum(heard.get(tag, ())),
            -len(found.tagged.get(tag, ())),
            tag,
        ),
    )
    rows = [
        (
            names.get(tag, ""),
            *texts_of(found.heard, tag),
            *answer_times(found.tagged.get(tag, ())),
        )
        for tag in tags
    ]
    columns = [
        Column("tag", _("Tag")),
        Column("in", _("Texts in"), barred=True),
        Column("out", _("Texts out"), barred=True),
        *answer_columns(),
    ]
    words = _(
        "Texts and answers of these days in conversations that have the tag now, "
        "whenever they got it; one with two tags counts in both."
    )
    if found.heard is None:
        too_many = _(
            "There are too many texts to count them by tag; choose fewer days."
        )
        words = f"{words} {too_many}"
    return Section("tags", _("By tag"), words, Table(columns, rows), empty=not rows)


def texts_of(heard: Mapping[int, Heard] | None, tag: int) -> Row:
    return (UNKNOWN, UNKNOWN) if heard is None else heard.get(tag, Heard())


def answer_columns() -> list[Column]:
    return [
        Column("answers", _("Answers")),
        Column("median_seconds", _("Median wait")),
        Column("p90_seconds", _("Nine in ten")),
    ]


def answer_times(seconds: Sequence[int]) -> Row:
    found = waiting.times(seconds)
    return found.many, Lasting(found.median), Lasting(found.p90)


def grouped(
    waits: Iterable[Over], key: Callable[[Over], int]
) -> Mapping[int, Sequence[int]]:
    """The seconds of waits, still shortest first."""
    found: dict[int, list[int]] = defaultdict(list)
    for wait in waits:
        found[key(wait)].append(wait.seconds)
    return found


def ordered(
    sums: Mapping[int, Sums], names: Mapping[int, str], unnamed: str
) -> list[tuple[int, str, Sums]]:
    """Whoever has most texts first."""
    found = [(id, names.get(id, unnamed), each) for id, each in sums.items()]
    return sorted(found, key=lambda row: (-row[2].inbound - row[2].outbound, row[1]))
