"""An agent at a browser: an account made by command, signed in by the form."""

import re

import requests

from bench.serving import Parley

EMAIL = "ana@bench.example"
PASSWORD = "a long password for the benchmarks"
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def create(parley: Parley) -> None:
    words = ("agent", "create", EMAIL, "--name", "Ana", "--role", "agent")
    parley.flask(*words, "--password-stdin", typed=PASSWORD)


def signed_in(parley: Parley) -> str:
    """The Cookie header of a browser in which the agent has signed in."""
    address = f"{parley.url}/sign-in"
    with requests.Session() as browser:
        browser.trust_env = False
        form = CSRF.search(browser.get(address).text)
        if form is None:
            raise RuntimeError("the sign-in page has no form")
        typed = {"email": EMAIL, "password": PASSWORD, "csrf_token": form[1]}
        answer = browser.post(address, data=typed, allow_redirects=False)
        if answer.status_code != 303:
            raise RuntimeError(f"signing in was answered {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
