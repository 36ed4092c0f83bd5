"""The points that were measured, in a table of sizes, and whether the bar was met."""

from collections.abc import Sequence
from dataclasses import dataclass

FLAT = 1.5
SEARCH_MS = 50
# Less than this is the noise of the clock, not growth.
NOISE_MS = 0.3
BARRED = ("the inbox", "a long thread")


@dataclass(frozen=True)
class Point:
    """At `size` messages: milliseconds at the database or of the whole page.

    Where `where` is another unit, `p50` is so many of it.
    """

    size: int
    what: str
    where: str
    p50: float
    p95: float | None = None

    @property
    def name(self) -> str:
        return f"{self.what}, {self.where}" if self.timed else self.what

    @property
    def timed(self) -> bool:
        return self.p95 is not None

    def __str__(self) -> str:
        if self.p95 is None:
            return f"{self.what}: {self.p50:,.0f} {self.where}"
        return f"{self.name}: p50 {self.p50:.3g} ms, p95 {self.p95:.3g} ms"


@dataclass(frozen=True)
class Curve:
    """One thing at every size, smallest first."""

    points: Sequence[Point]

    @property
    def name(self) -> str:
        return self.points[0].name

    @property
    def growth(self) -> float | None:
        """How many times the smallest the largest costs, by medians."""
        first, last = self.points[0], self.points[-1]
        return last.p50 / first.p50 if first.timed and first.p50 else None

    @property
    def verdict(self) -> str:
        """Whether the bar is met; "" where there is none."""
        first, last = self.points[0], self.points[-1]
        if last.where == "database" and last.what.startswith("searching"):
            return "yes" if (last.p95 or 0) <= SEARCH_MS else "**no**"
        if last.timed and last.what.startswith(BARRED) and len(self.points) > 1:
            flat = last.p50 <= first.p50 * FLAT + NOISE_MS
            return "yes" if flat else "**no**"
        return ""


def curves(points: Sequence[Point]) -> list[Curve]:
    named: dict[str, list[Point]] = {}
    for point in points:
        named.setdefault(point.name, []).append(point)
    by_size = [sorted(some, key=lambda point: point.size) for some in named.values()]
    return [Curve(some) for some in by_size]


def table(title: str, found: Sequence[Curve]) -> str:
    sizes = [point.size for point in max((c.points for c in found), key=len)]
    head = ["what", *(f"{size:,}" for size in sizes), "grows", "bar met"]
    lines = [
        f"### {title}",
        "",
        row(head),
        row(["---", *["---:"] * (len(head) - 2), "---"]),
    ]
    for curve in found:
        at = {point.size: cell(point) for point in curve.points}
        grows = "" if curve.growth is None else f"{curve.growth:.2g} times"
        cells = [at.get(size, "") for size in sizes]
        lines.append(row([curve.name, *cells, grows, curve.verdict]))
    return "\n".join(lines) + "\n"


def row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def cell(point: Point) -> str:
    if point.p95 is None:
        return f"{point.p50:,.0f} {point.where}"
    return f"{point.p50:.3g} / {point.p95:.3g} ms"
