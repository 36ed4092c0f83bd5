"""A search as it is kept for later: the words as they were typed, and the chips."""

import json
from dataclasses import replace

from conversations.desk.finding import asked
from conversations.desk.finding.asked import Asked, Chip


def written(search: Asked) -> str:
    found = {"words": search.words, "chips": [list(chip) for chip in search.chips]}
    return json.dumps(found, ensure_ascii=False)


def read(kept: str) -> Asked:
    """What was `written`. Raises `ValueError` when it is no such thing."""
    found = json.loads(kept)
    chips = tuple(Chip(name, value) for name, value in found["chips"])
    return replace(asked.asked_for(found["words"]), chips=chips)


def plainly(kept: str) -> str:
    """In one line, as somebody would type it."""
    search = read(kept)
    return " ".join(filter(None, [search.words, *map(str, search.chips)]))
