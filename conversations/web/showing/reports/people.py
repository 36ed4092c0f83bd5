"""The same by agent, by line and by tag."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel import gettext as _

from conversations.desk.reports import folding, waiting
from conversations.desk.reports.folding import Sums
from conversations.desk.reports.gathering import Gathered
from conversations.desk.reports.waiting import Over
from conversations.web.showing.reports.delivery import rate
from conversations.web.showing.reports.tables import Column, Row, Section, Table
from conversations.web.showing.reports.values import Lasting


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
    rows = [
        (names.get(tag_id, ""), *answer_times(seconds))
        for tag_id, seconds in sorted(found.tagged.items(), key=longest_first)
    ]
    columns = [Column("tag", _("Tag")), *answer_columns(barred=True)]
    words = _(
        "Answers in conversations that have the tag now; one with two tags counts in "
        "both."
    )
    return Section("tags", _("By tag"), words, Table(columns, rows), empty=not rows)


def longest_first(tagged: tuple[int, Sequence[int]]) -> tuple[int, int]:
    return -len(tagged[1]), tagged[0]


def answer_columns(*, barred: bool = False) -> list[Column]:
    return [
        Column("answers", _("Answers"), barred),
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
