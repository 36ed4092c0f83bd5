"""Plots as shapes: where everything lies, in percent of the drawing, top left first.

Percents and no viewBox, so that a plot is as wide as there is room and its words keep
their size. Colours are the stylesheet's, by the name of what is shown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from conversations.web.showing.reports.values import shown

MOST_LABELS = 5
MOST_TICKS = 4
LEVELS = 5
GAP = 0.22


@dataclass(frozen=True)
class Point:
    """A place on the axis: its short label, its words in full, and a value of each."""

    label: str
    words: str
    values: Sequence[float]


@dataclass(frozen=True)
class Box:
    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A column, from bottom to top, and the whole height above it to point at."""

    words: str
    parts: Sequence[Box]
    reach: Box


@dataclass(frozen=True)
class Label:
    """Words at a place along an axis."""

    at: float
    words: str


@dataclass(frozen=True)
class Columns:
    """Columns side by side; `kinds` are what they are made of, and what that means."""

    words: str
    bars: Sequence[Bar]
    ticks: Sequence[Label]
    labels: Sequence[Label]
    kinds: Sequence[tuple[str, str]]
    marks: Sequence[Label] = field(default=())
    shape: str = "columns"


@dataclass(frozen=True)
class Grid:
    """Boxes in rows, the stronger the more; the words of each stand beside it."""

    words: str
    boxes: Sequence[tuple[Box, str]]
    rows: Sequence[Label]
    labels: Sequence[Label]
    levels: Sequence[str]
    shape: str = "grid"


def columns(
    words: str,
    points: Sequence[Point],
    kinds: Sequence[tuple[str, str]],
    top: float = 0,
    tick: Callable[[int], str] = shown,
) -> Columns:
    """Stacked columns. `top` is the highest value on the axis, or as they need."""
    names = [name for name, _ in kinds]
    most = max((sum(point.values) for point in points), default=0)
    heights = scale(top or most)
    width = 100 / max(len(points), 1)
    return Columns(
        words=words,
        bars=[
            bar(point, names, number * width, width, heights[-1])
            for number, point in enumerate(points)
        ],
        ticks=[Label(rounded(100 - 100 * n / heights[-1]), tick(n)) for n in heights],
        labels=list(labels([point.label for point in points], width)),
        kinds=kinds,
    )


def bar(point: Point, names: Sequence[str], x: float, width: float, most: float) -> Bar:
    left, inner = x + width * GAP / 2, width * (1 - GAP)
    parts, bottom = [], 100.0
    for name, value in zip(names, point.values, strict=True):
        if value:
            height = 100 * value / most
            bottom -= height
            parts.append(box(name, left, bottom, inner, height))
    return Bar(point.words, parts, box("reach", x, 0, width, 100))


def box(kind: str, x: float, y: float, width: float, height: float) -> Box:
    return Box(kind, *map(rounded, (x, y, width, height)))


def rounded(number: float) -> float:
    return round(number, 3)


def scale(most: float) -> list[int]:
    """A few whole numbers from 0 to at least `most` that are easy to read."""
    step = next(step for step in steps() if most <= step * MOST_TICKS)
    return [step * n for n in range(max(-(-int(most) // step), 1) + 1)]


def steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def labels(words: Sequence[str], width: float) -> Iterator[Label]:
    """Every so many of them, that they do not run into each other."""
    step = -(-len(words) // MOST_LABELS) or 1
    for number in range(0, len(words), step):
        yield Label(rounded((number + 0.5) * width), words[number])


def grid(
    words: str,
    rows: Sequence[tuple[str, Sequence[tuple[int, str]]]],
    labels: Sequence[Label],
) -> Grid:
    """`rows` have their label, and the value and the words of each box."""
    most = max((value for _, row in rows for value, _ in row), default=0)
    height = 100 / max(len(rows), 1)
    boxes = []
    for place, (_, row) in enumerate(rows):
        width = 100 / len(row)
        for number, (value, said) in enumerate(row):
            at = number * width, place * height, width, height
            boxes.append((box(f"heat-{level(value, most)}", *at), said))
    sides = [
        Label(rounded((n + 0.5) * height), name) for n, (name, _) in enumerate(rows)
    ]
    bounds = [f"heat-{n}" for n in range(LEVELS + 1)]
    return Grid(words, boxes, sides, labels, bounds)


def level(value: int, most: int) -> int:
    """From 0, for nothing, to 5."""
    return -(-LEVELS * value // most) if most else 0
