"""A real Chromium for journeys; a page that complains in the console fails its test."""

import os
import shutil
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.rules import Rule, check_page

# The first is Chromium without its own windows, which does the same with half the work.
NAMES = (
    "chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable",
    "chromium-browser",
)  # fmt: skip

ARGS = (
    "--no-sandbox",  # tests may run as root, and visit nothing but our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=ARGS, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(
    browser: Browser,
    base_url: str,
    *,
    expected: Sequence[str] = (),
    without: Container[Rule] = (),
    **options: Any,
) -> Iterator[Page]:
    """A page in a profile of its own, held to silence until it is closed.

    What it has become by then keeps the rules that every page keeps, but for those that
    it is `without`.

    `expected` are parts of the complaints that this test means to cause, such as
    "status of 422". The `options` are those of Playwright's `new_context`: `viewport`,
    `color_scheme`, `locale`, `java_script_enabled`.
    """
    context = browser.new_context(base_url=base_url, **options)
    context.set_default_timeout(10_000)
    complaints = listen(context)
    try:
        yield context.new_page()
        for page in context.pages:
            if page.url.startswith(base_url):
                check_page(
                    BeautifulSoup(page.content(), "html.parser"), without=without
                )
    except BaseException as error:
        error.add_note("\n".join(["The browser said:", *complaints]))
        raise
    finally:
        context.close()
    unmeant = [
        said for said in complaints if not any(part in said for part in expected)
    ]
    assert not unmeant, "\n".join(["the browser complained:", *unmeant])


def listen(context: BrowserContext) -> list[str]:
    """What the pages of this context complain of; the list grows as they do.

    Chromium reports a breach of the Content-Security-Policy in the console.
    """
    complaints: list[str] = []
    context.on(
        "console",
        lambda message: (
            complaints.append(f"{message.text} ({message.location['url']})")
            if message.type == "error"
            else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return complaints


def find_chromium() -> str | None:
    """The Chromium of this machine; None leaves Playwright to use one of its own."""
    if path := os.environ.get("CHROMIUM"):
        return shutil.which(path) or path
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and not placeholder(path)), None)


def placeholder(path: str) -> bool:
    """Whether this is Ubuntu's note that Chromium comes as a snap."""
    with Path(path).open("rb") as program:
        return b"requires the chromium snap" in program.read(4096)
