"""`python -m bench.growth`: make histories of several sizes, and measure each.

Prints Markdown, and with --plot draws the curves. What it says on standard error are
the same figures as they come. The texts are made up, or the lines of the .txt files in
the folder BENCH_TEXTS. With --keep the histories stay, in that folder or on the server
that TEST_DATABASE_URL names, and are measured again, not made, the next time. Ten
million and their index take a quarter of an hour and more to make, on each database.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench import machine
from bench.databases import POSTGRESQL, SQLITE, databases
from bench.growth.curves import Curve, curves, table
from bench.growth.measuring import Size
from bench.growth.plot import picture
from bench.rounds import say

SIZES = (10_000, 1_000_000, 10_000_000)
# What the picture shows; the table has it all.
SHOWN = (
    "the inbox, page",
    "a long thread, in the middle, page",
    "searching a common word, database",
    "searching a rare word, database",
    "searching a phrase, database",
    "storing a reply, database",
)


def main() -> None:
    asked = arguments()
    descriptions, tables = [], []
    for kind in asked.database or (SQLITE, POSTGRESQL):
        points = []
        with databases(kind, asked.keep) as here:
            descriptions.append(here.description())
            for size in asked.sizes:
                say(f"{size:,} messages, {here.name}")
                points += Size(here, size, keep=bool(asked.keep)).measured()
            found = curves(points)
            tables.append(table(here.name, found))
        if asked.plot:
            draw(asked.plot / f"growth-{kind}.svg", here.name, found)
    print(machine.facts(descriptions), *tables, sep="\n\n")


def draw(path: Path, name: str, found: Sequence[Curve]) -> None:
    title = f"p95 as the history grows, {name}"
    shown = [curve for curve in found if curve.name in SHOWN]
    path.write_text(picture(title, shown), encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), action="append")
    parser.add_argument("--plot", type=Path, help="a folder for the pictures")
    parser.add_argument("--keep", type=Path, help="a folder for the histories")
    return parser.parse_args()


if __name__ == "__main__":
    main()
