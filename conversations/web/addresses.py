"""Numbers in addresses: ids that a database can hold, and lists of them."""

import re

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**63 - 1
ID = re.compile(r"[0-9]{1,19}")
MOST_IDS = 100


class IdConverter(IntegerConverter):
    """`<id:…>` in a rule; anything larger than an id is simply not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter


def position(name: str) -> int | None:
    """The id in the query under `name`, if there is one worth looking for."""
    return as_id(request.args.get(name, ""))


def positions(name: str) -> list[int]:
    """The first hundred ids in a list such as `7,8,9`."""
    words = request.args.get(name, "").split(",")[:MOST_IDS]
    return [id for word in words if (id := as_id(word))]


def as_id(text: str) -> int | None:
    if not ID.fullmatch(text):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None
