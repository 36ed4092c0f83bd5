"""`python -m faults`: do everything that can go wrong to Parley, and print a table.

Ends with 1 when a promise was broken. Says on standard error what it is doing; all of
it takes about half an hour, `--quick` a few minutes.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from traceback import format_exc

from bench import machine
from bench.databases import POSTGRESQL, SQLITE, Databases, databases
from bench.rounds import say
from faults.fault import Fault, Skipped
from faults.judge import Finding
from faults.matrix import MATRIX
from faults.report import table
from faults.trial import finding


def main() -> int:
    asked = arguments()
    faults = [MATRIX[name] for name in asked.only or MATRIX]
    descriptions: list[str] = []
    findings: list[Finding | None] = []
    for kind in asked.database or (SQLITE, POSTGRESQL):
        with databases(kind) as here:
            descriptions.append(here.description())
            findings += found(faults, here, quick=asked.quick)
    done = [each for each in findings if each]
    if asked.quick:
        descriptions.append("the short form: fewer kills, shorter times than it says")
    print(machine.facts(descriptions), table(done), sep="\n\n")
    return 0 if all(each and each.kept for each in findings) else 1


def found(
    faults: Sequence[Fault], here: Databases, *, quick: bool
) -> Iterator[Finding | None]:
    """What each comes to that can happen here; None when a trial broke down."""
    for fault in faults:
        if fault.only not in (None, here.kind):
            continue
        try:
            yield told(finding(fault, here, quick=quick))
        except Skipped as why:
            say(f"{fault.name}, {here.name}: not done, {why}")
        except Exception:
            say(f"{fault.name}, {here.name}: broke down\n{format_exc()}")
            yield None


def told(found: Finding) -> Finding:
    answer = "kept" if found.kept else f"BROKEN {found}"
    say(f"{found.fault}, {found.database}: {answer}, {found.took:.0f} s")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--only", choices=MATRIX, action="append", metavar="FAULT")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), action="append")
    parser.add_argument("--quick", action="store_true", help="less load, fewer kills")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
