"""`python -m bench`: measure, and print the findings in Markdown.

Says on standard error what it is doing; a full run takes about half an hour.
"""

import argparse
from collections.abc import Callable, Iterator

from bench import machine
from bench.databases import POSTGRESQL, SQLITE, Databases, databases
from bench.effort import FULL, QUICK, Effort
from bench.measures import (
    callbacks,
    exports,
    flood,
    live,
    pages,
    replies,
    searching,
    sending,
    workers,
)
from bench.report import Table
from bench.rounds import say

Measure = Callable[[Databases, Effort], Iterator[Table]]

MEASURES: dict[str, Measure] = {
    "callbacks": callbacks.tables,
    "flood": flood.tables,
    "sending": sending.tables,
    "workers": workers.tables,
    "replies": replies.tables,
    "pages": pages.tables,
    "live": live.tables,
    "exports": exports.tables,
    "searching": searching.tables,
}


def main() -> None:
    asked = arguments()
    effort = QUICK if asked.quick else FULL
    descriptions, tables = [], []
    for kind in asked.database or (SQLITE, POSTGRESQL):
        with databases(kind) as here:
            descriptions.append(here.description())
            for name in asked.only or MEASURES:
                say(f"{name}, {here.name}")
                tables += list(MEASURES[name](here, effort))
    print(machine.facts(descriptions), *tables, sep="\n\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=MEASURES, action="append")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), action="append")
    parser.add_argument("--quick", action="store_true", help="one round of each")
    return parser.parse_args()


if __name__ == "__main__":
    main()
