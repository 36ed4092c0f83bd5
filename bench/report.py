"""The report, in Markdown: one table for each measure and database."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figure

HEAD = "| what | ours | floor | ratio | p50 / p99 ms | CPU µs | goal | met |"
RULE = "|---|---:|---:|---:|---:|---:|---|---|"


@dataclass(frozen=True)
class Table:
    """What one measure found on one database."""

    title: str
    figures: Sequence[Figure]

    def __str__(self) -> str:
        remarks = [f"\n{f.what}: {f.remark}" for f in self.figures if f.remark]
        lines = [f"### {self.title}", "", HEAD, RULE, *map(line, self.figures)]
        return "\n".join([*lines, *remarks, ""])


def line(figure: Figure) -> str:
    run, floor = figure.run, figure.floor
    cells = (
        figure.what,
        quantity(run.rate, run.p50),
        quantity(floor.rate, floor.p50) if floor else "",
        "" if figure.share is None else f"{figure.share:.0%}",
        " / ".join(map(milliseconds, (run.p50, run.p99))) if run.p50 else "",
        "" if run.cpu is None else f"{run.cpu:,.0f}",
        str(figure.goal or ""),
        figure.verdict,
    )
    return "| " + " | ".join(cells) + " |"


def quantity(rate: float | None, time: float | None) -> str:
    if rate is not None:
        return f"{rate:,.0f}/s"
    return f"{milliseconds(time)} ms" if time is not None else ""


def milliseconds(time: float | None) -> str:
    if time is None:
        return ""
    return f"{time:,.0f}" if time >= 100 else f"{time:.3g}"
