"""What a person sees when something is wrong, and what goes with every answer."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, TimeoutError

from conversations.web import errors, languages
from tests.support.fresh import app_on, with_tables
from tests.support.pages import Browser

PASSWORD = "three herons by the weir"


@pytest.mark.parametrize("path", ["/nope", "/conversations/0", "/static/nope.js"])
def test_what_is_not_there_is_said_in_words(browser: Browser, path: str) -> None:
    page = browser.get(path, expect=404)

    assert page.h1.get_text() == "Nothing here"


def test_an_address_that_only_takes_forms_says_so(ana: Browser) -> None:
    assert "only takes what a form sends" in ana.get("/sign-out", expect=405).get_text()


def test_a_form_that_is_far_too_large_is_refused(ana: Browser) -> None:
    page = ana.get("/conversations/new")

    page = ana.submit(page, number="+12025550142", body="x" * 300_000, expect=413)

    assert page.h1.get_text() == "Too much at once"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("SELECT secret", {}, Exception("locked")), 503),
        (TimeoutError("pool"), 503),
        (RuntimeError("secret"), 500),
    ],
)
def test_a_fault_of_ours_is_a_page_that_tells_nothing_inside(
    failing: Browser, error: Exception, code: int
) -> None:
    failing.client.application.config["FAULT"] = error

    page = failing.get("/fault", expect=code)

    assert "secret" not in page.get_text()
    if code == 503:
        assert page.response.headers["Retry-After"]


@pytest.fixture
def failing(app: Flask) -> Browser:
    """A browser at an app that breaks when it is asked to."""
    broken = Flask("broken", template_folder=str(app.root_path) + "/templates")
    broken.jinja_env.globals |= app.jinja_env.globals
    broken.jinja_env.trim_blocks = broken.jinja_env.lstrip_blocks = True
    broken.extensions |= app.extensions
    broken.secret_key = "broken"
    languages.init_app(broken, app.extensions["parley"])
    errors.init_app(broken)
    broken.after_request_funcs = app.after_request_funcs

    @broken.get("/fault")
    def fault() -> str:
        raise broken.config["FAULT"]

    return Browser(broken.test_client())


def test_while_the_database_is_away_a_press_comes_back_with_its_text(
    sqlite_database: str,
) -> None:
    with_tables(sqlite_database)
    app = app_on(sqlite_database, secret_key="a secret key for the tests, long enough")
    words = ["agent", "create", "ana@example.com", "--name", "Ana", "--password-stdin"]
    assert app.test_cli_runner().invoke(args=words, input=PASSWORD).exit_code == 0
    ana = Browser(app.test_client())
    ana.sign_in("ana@example.com", PASSWORD)
    with closing(sqlite3.connect(make_url(sqlite_database).database)) as driver:
        driver.execute("ALTER TABLE sign_in RENAME TO lost")

    said = {"body": "Where is your house?", "key": "one press"}
    answer = ana.client.post("/conversations/1/replies", data=said)

    assert answer.status_code == 503
    assert "Busy at the moment" in answer.text
    assert "Where is your house?" in answer.text


def test_other_doors_answer_in_their_own_way(browser: Browser) -> None:
    for path in ("/api/v1/nope", "/hooks/kaleyra/nope"):
        answer = browser.client.get(path)
        assert answer.status_code in (401, 404)
        assert "<h1>Nothing here</h1>" not in answer.text


def test_every_answer_forbids_what_pages_do_not_need(browser: Browser) -> None:
    for path in ("/sign-in", "/nope", "/healthz", "/static/v/x/parley.css"):
        headers = browser.client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers


def test_static_files_are_kept_for_ever_under_todays_address(browser: Browser) -> None:
    page = browser.get("/sign-in")
    sheet = page.select_one("link[rel=stylesheet]")["href"]

    today = browser.client.get(sheet)
    old = browser.client.get("/static/v/0123456789/parley.css")

    assert "max-age=31536000" in today.headers["Cache-Control"]
    assert "immutable" in today.headers["Cache-Control"]
    assert ".composer" in today.text
    assert old.headers["Cache-Control"] == "no-cache"
    assert old.text == today.text


def test_every_module_and_picture_a_page_names_exists(ana: Browser) -> None:
    page = ana.get("/conversations")
    named = [tag.get("href") or tag.get("src") for tag in page.select("link, script")]

    for address in named:
        assert ana.client.get(address, buffered=True).status_code == 200, address
