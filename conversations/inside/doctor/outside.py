"""Kaleyra: is it there, and does it agree on what time it is? Nothing is sent."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from conversations.config import Config
from conversations.inside.doctor.finding import Finding, Findings, ok, problem, warning

TIMEOUT_SECONDS = 5.0
APART_SECONDS = 60.0


def examine(config: Config) -> Findings:
    if not config.kaleyra.configured:
        yield ok("Not asked: there is no account.")
        return
    url = config.kaleyra.base_url
    try:
        answer = knock(url)
    except requests.RequestException as error:
        yield unreachable(url, error)
        return
    yield ok(f"{url} answers.")
    if url.startswith("https://") and "Date" in answer.headers:
        yield from clock(answer.headers["Date"])


def knock(url: str) -> requests.Response:
    """The front door alone, without our key."""
    with requests.Session() as http:
        http.trust_env = False
        return http.head(url, timeout=TIMEOUT_SECONDS, allow_redirects=False)


def unreachable(url: str, error: requests.RequestException) -> Finding:
    if isinstance(error, requests.exceptions.SSLError):
        return problem(
            f"{url} shows a certificate that is not trusted here.",
            "See that KALEYRA_BASE_URL is right and that no proxy breaks TLS open.",
        )
    if isinstance(error, requests.exceptions.ReadTimeout):
        return warning(
            f"{url} takes the connection and says nothing.",
            "Try again later; if it stays so, ask Kaleyra.",
        )
    return problem(
        f"{url} cannot be reached ({type(error).__name__}).",
        "See that KALEYRA_BASE_URL is right and that the firewall lets this machine "
        "out.",
    )


def clock(date: str) -> Findings:
    try:
        apart = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    except (TypeError, ValueError):
        return
    words = f"This clock and Kaleyra's are {apart:.0f} s apart."
    if apart > APART_SECONDS:
        yield warning(words, "Let this machine take the time from a time server.")
    else:
        yield ok(words)
