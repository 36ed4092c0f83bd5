"""The parameters of a request, whichever way they came: query, form or JSON."""

import json
from typing import Any

from flask import request


def read() -> dict[str, str]:
    """Every parameter as text; JSON that is no object reads as no parameters at all."""
    if request.method == "GET":
        return request.args.to_dict()
    if not request.is_json:
        return request.form.to_dict()
    words = request.get_json(silent=True)
    return flat(words) if isinstance(words, dict) else {}


def flat(words: dict[str, Any]) -> dict[str, str]:
    return {name: plain(name, value) for name, value in words.items()}


def plain(name: str, value: Any) -> str:
    if name == "to" and isinstance(value, list):
        return ",".join(str(number) for number in value)
    if isinstance(value, dict | list):
        return json.dumps(value)
    return "" if value is None else str(value)
