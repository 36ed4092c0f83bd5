"""Faults of the answer: Kaleyra says no, or something in between does.

Only E401 is a documented code, so the others repeat the HTTP status.
"""

import json
from typing import Any

from flask import Response

from ..connections import Wire
from .fault import Answer, Fault, answers

ELSEWHERE = "/v1/moved-elsewhere"

PAGE = """<html>
<head><title>{title}</title></head>
<body><center><h1>{title}</h1></center><hr><center>nginx</center></body>
</html>
"""


def refuse(text: str = "Invalid number", field: str = "to", status: int = 400) -> Fault:
    words = {"code": str(status), "message": text, "error": {field: text}}
    return answers("refuse", says(status, words))


def unauthorised(status: int = 401) -> Fault:
    words = {"code": str(status), "message": "Invalid API key or SID"}
    return answers("unauthorised", says(status, words))


def not_found(status: int = 404) -> Fault:
    words = {"code": str(status), "message": "Not found"}
    return answers("not_found", says(status, words))


def throttle(retry_after: float = 1) -> Fault:
    words = {"code": "429", "message": "Too many requests"}
    return answers("throttle", says(429, words, retry_after))


def unavailable(retry_after: float = 1) -> Fault:
    words = {"code": "503", "message": "Service unavailable"}
    return answers("unavailable", says(503, words, retry_after))


def error_500(*, accepted: bool = False) -> Fault:
    words = {"code": "500", "message": "Internal server error"}
    return answers("error_500", says(500, words), accepted=accepted)


def bad_gateway(*, accepted: bool = False) -> Fault:
    return answers("bad_gateway", shows(502, "502 Bad Gateway"), accepted=accepted)


def gateway_timeout(*, accepted: bool = False) -> Fault:
    page = shows(504, "504 Gateway Time-out")
    return answers("gateway_timeout", page, accepted=accepted)


def html_200() -> Fault:
    """As a proxy or a sign-in page in the way would answer."""
    return answers("html_200", shows(200, "Welcome"))


def redirect(to: str = ELSEWHERE) -> Fault:
    def answer(_wire: Wire) -> Response:
        return Response(status=302, headers={"Location": to})

    return answers("redirect", answer)


def no_id() -> Fault:
    return answers("no_id", says(202, {"totalCount": 0, "data": [], "error": {}}))


def error_in_2xx(text: str = "Invalid number", field: str = "to") -> Fault:
    words = {"code": "400", "message": text, "data": [], "error": {field: text}}
    return answers("error_in_2xx", says(202, words))


def says(status: int, words: dict[str, Any], retry_after: float = 0) -> Answer:
    headers = {"Retry-After": f"{retry_after:g}"} if retry_after else {}

    def answer(_wire: Wire) -> Response:
        body = json.dumps(words)
        return Response(body, status, headers, content_type="application/json")

    return answer


def shows(status: int, title: str) -> Answer:
    def answer(_wire: Wire) -> Response:
        return Response(PAGE.format(title=title), status)

    return answer
