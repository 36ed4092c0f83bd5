"""The table of findings, in Markdown."""

from collections.abc import Iterable

from faults.judge import Finding

HEAD = (
    "| fault | database | load in + out | lost | doubled | out of order | stuck "
    "| unconfirmed, each explained | worst wait | kept |"
)
RULE = "|---|---|---:|---:|---:|---:|---:|---|---:|---|"


def table(findings: Iterable[Finding]) -> str:
    return "\n".join([HEAD, RULE, *map(line, findings)])


def line(finding: Finding) -> str:
    cells = (
        finding.sentence,
        finding.database,
        f"{finding.heard:,} + {finding.queued:,}",
        number(finding.lost),
        number(finding.doubled),
        number(finding.disordered),
        number(finding.stuck),
        unconfirmed(finding),
        f"{finding.wait:.1f} s" if finding.wait >= 0.05 else "",
        verdict(finding),
    )
    return "| " + " | ".join(cells) + " |"


def number(count: int) -> str:
    return f"**{count}**" if count else "0"


def unconfirmed(finding: Finding) -> str:
    if not finding.unconfirmed:
        return "0"
    codes = ", ".join(f"{n} {code}" for code, n in finding.unconfirmed.items())
    return f"{codes}; {finding.arrived} had arrived"


def verdict(finding: Finding) -> str:
    if finding.kept:
        return "yes"
    return "**no**" + "".join(f"; {promise}" for promise in finding.broken)
