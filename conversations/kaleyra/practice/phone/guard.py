"""Keeps other sites' pages away from the phone, and foreign scripts off its page."""

from flask import Flask, Response, abort, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"]


def init_app(app: Flask, host: str) -> None:
    """Guard the app; where only this machine can reach it, only its names will do."""
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)
    if host in ("127.0.0.1", "localhost", "::1"):
        app.config["TRUSTED_HOSTS"] = LOCAL_NAMES


def refuse_other_sites() -> None:
    """A browser says which site a request comes from; other programs say nothing."""
    if request.method not in SAFE_METHODS and not from_here():
        abort(403, "This page only takes what was sent from itself.")


def from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    return site in ("none", "same-origin") and (origin is None or own(origin))


def own(origin: str) -> bool:
    return origin == request.host_url.rstrip("/")


def add_headers(response: Response) -> Response:
    """Keep the pages safe; answers of the API go to programs, not to browsers."""
    if request.blueprint != "api":
        response.headers.update(HEADERS)
    return response
