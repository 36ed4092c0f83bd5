"""How much trouble to take: enough for figures to print, or just a quick look."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Effort:
    rounds: int
    seconds: float
    texts: int
    flood: int
    queue: int
    replies: int
    conversations: int
    pages: int
    streams: int
    events: int
    history: int


FULL = Effort(
    rounds=3,
    seconds=4.0,
    texts=3_000,
    flood=20_000,
    queue=10_000,
    replies=300,
    conversations=10_000,
    pages=200,
    streams=1_000,
    events=300,
    history=1_000_000,
)
QUICK = Effort(
    rounds=1,
    seconds=2.0,
    texts=640,
    flood=4_000,
    queue=1_280,
    replies=50,
    conversations=1_000,
    pages=50,
    streams=200,
    events=50,
    history=50_000,
)
