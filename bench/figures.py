"""Figures: what a run came to, medians over rounds, and what we hold them against."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run came to. Times are milliseconds, `cpu` microseconds a piece."""

    rate: float | None = None
    p50: float | None = None
    p99: float | None = None
    cpu: float | None = None

    def __str__(self) -> str:
        known = {name: value for name, value in vars(self).items() if value is not None}
        return ", ".join(f"{name} {value:,.4g}" for name, value in known.items())


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a figure should reach: a share of its floor, a rate, latencies at most."""

    share: float | None = None
    rate: float | None = None
    p50: float | None = None
    p99: float | None = None

    def met(self, run: Run, share: float | None) -> bool:
        return (
            reaches(share, self.share)
            and reaches(run.rate, self.rate)
            and reaches(self.p50, run.p50 if self.p50 else None)
            and reaches(self.p99, run.p99 if self.p99 else None)
        )

    def __str__(self) -> str:
        parts = (
            self.share and f"≥ {self.share:.0%}",
            self.rate and f"≥ {self.rate:,.0f}/s",
            self.p50 and f"p50 ≤ {self.p50:g} ms",
            self.p99 and f"p99 ≤ {self.p99:g} ms",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the report. A floor is a rate, or a time in milliseconds."""

    what: str
    run: Run
    floor: Run | None = None
    goal: Goal | None = None
    remark: str = ""

    @property
    def share(self) -> float | None:
        """Our rate as a share of the floor's; for times, the floor's share of ours."""
        if self.floor is None:
            return None
        if self.run.rate and self.floor.rate:
            return self.run.rate / self.floor.rate
        if self.run.p50 and self.floor.p50:
            return self.floor.p50 / self.run.p50
        return None

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "yes" if self.goal.met(self.run, self.share) else "**no**"


def reaches(value: float | None, least: float | None) -> bool:
    """Whether `value` is at least `least`, if that is asked at all."""
    return least is None or (value is not None and value >= least)


def middle(runs: Sequence[Run]) -> Run:
    """The median of several rounds, each quantity by itself."""
    return Run(
        rate=median_of([run.rate for run in runs]),
        p50=median_of([run.p50 for run in runs]),
        p99=median_of([run.p99 for run in runs]),
        cpu=median_of([run.cpu for run in runs]),
    )


def median_of(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of these do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def latencies(seconds: Sequence[float]) -> Run:
    """A run of times, given in seconds."""
    return Run(
        p50=percentile(seconds, 0.50) * 1000, p99=percentile(seconds, 0.99) * 1000
    )
