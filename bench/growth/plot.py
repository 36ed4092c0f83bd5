"""The curves as a small picture, in SVG, that a page of documentation can show."""

from collections.abc import Sequence
from html import escape
from math import log10

from bench.growth.curves import Curve, Point

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760, 360, 56, 250, 34, 40
COLOURS = ("#0b6e99", "#b3541e", "#2e7d32", "#7b3fa0", "#a61c4a", "#6b6b00")
LEAST_MS, MOST_MS = 0.1, 1000.0


def picture(title: str, found: Sequence[Curve]) -> str:
    """Both axes are logarithmic: what is flat does not grow."""
    sizes = sorted({point.size for curve in found for point in curve.points})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{escape(title)}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-weight="bold">{escape(title)}</text>',
        *grid(sizes),
    ]
    for place, curve in enumerate(found):
        parts += line(curve, sizes, COLOURS[place % len(COLOURS)])
    parts += labels(found, sizes)
    return "\n".join([*parts, "</svg>\n"])


def grid(sizes: Sequence[int]) -> list[str]:
    lines = []
    for ms in (0.1, 1, 10, 100, 1000):
        y = height(ms)
        lines += [
            f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{ms:g} ms</text>',
        ]
    for size in sizes:
        lines.append(
            f'<text x="{across(size, sizes):.0f}" y="{HEIGHT - 16}" '
            f'text-anchor="middle">{size:,}</text>'
        )
    return lines


def line(curve: Curve, sizes: Sequence[int], colour: str) -> list[str]:
    spots = [(across(p.size, sizes), height(slow(p))) for p in curve.points]
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y in spots)
    dots = [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>' for x, y in spots]
    return [
        f'<g fill="{colour}" stroke="{colour}">',
        f'<polyline points="{path}" fill="none" stroke-width="2"/>',
        *dots,
        "</g>",
    ]


def labels(found: Sequence[Curve], sizes: Sequence[int]) -> list[str]:
    """Beside the ends of the lines, pushed apart where they would meet."""
    ends = [(height(slow(curve.points[-1])), curve, place)
            for place, curve in enumerate(found)]  # fmt: skip
    lines, lowest = [], 0.0
    for y, curve, place in sorted(ends, key=lambda end: end[0]):
        lowest = max(y + 4, lowest + 15)
        lines.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{lowest:.0f}" '
            f'fill="{COLOURS[place % len(COLOURS)]}">{escape(curve.name)}</text>'
        )
    return lines


def slow(point: Point) -> float:
    return point.p50 if point.p95 is None else point.p95


def across(size: int, sizes: Sequence[int]) -> float:
    first, last = log10(sizes[0]), log10(sizes[-1])
    share = (log10(size) - first) / (last - first) if last > first else 0.0
    return LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40)


def height(ms: float) -> float:
    low, high = log10(LEAST_MS), log10(MOST_MS)
    share = (log10(min(max(ms, LEAST_MS), MOST_MS)) - low) / (high - low)
    return HEIGHT - FOOT - share * (HEIGHT - FOOT - TOP)
