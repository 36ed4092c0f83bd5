"""Prometheus's text format, version 0.0.4."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "parley_"
GAUGE = "gauge"
COUNTER = "counter"

Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True)
class Metric:
    """One thing measured, once for each set of labels."""

    name: str
    about: str
    samples: Sequence[Sample]
    kind: str = GAUGE


def gauge(name: str, about: str, value: float) -> Metric:
    return Metric(name, about, [({}, value)])


def written(metrics: Iterable[Metric]) -> str:
    return "".join(f"{line}\n" for metric in metrics for line in lines(metric))


def lines(metric: Metric) -> Iterator[str]:
    name = f"{PREFIX}{metric.name}"
    yield f"# HELP {name} {escaped(metric.about)}"
    yield f"# TYPE {name} {metric.kind}"
    for labels, value in metric.samples:
        yield f"{name}{in_braces(labels)} {value:.15g}"


def in_braces(labels: Mapping[str, str]) -> str:
    pairs = (f'{name}="{quoted(value)}"' for name, value in labels.items())
    return f"{{{','.join(pairs)}}}" if labels else ""


def quoted(value: str) -> str:
    return escaped(value).replace('"', '\\"')


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")
