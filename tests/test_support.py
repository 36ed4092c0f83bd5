"""Both databases are there, and so is a Chromium that lets no complaint pass."""

from threading import Thread

import psycopg
import pytest
from sqlalchemy import create_engine, text
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from tests.support.browser import window
from tests.support.postgres import running_server

POLICY = {"Content-Security-Policy": "default-src 'none'"}


def test_every_database_takes_rows(database):
    engine = create_engine(database)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE guest (name TEXT)"))
        connection.execute(text("INSERT INTO guest VALUES ('Zoë')"))
        assert connection.scalar(text("SELECT name FROM guest")) == "Zoë"
        connection.execute(text("DROP TABLE guest"))
    engine.dispose()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_test_may_ask_for_one_database_only(database):
    assert database.startswith("postgresql://")


def test_a_postgresql_server_of_our_own_comes_and_goes(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    with running_server() as server:
        url = server.create_database("parley")
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.fixture
def address():
    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def answer(environ, start_response):
    style = " style='color: red'" if environ["PATH_INFO"] == "/styled" else ""
    status = 404 if environ["PATH_INFO"] == "/missing" else 200
    head = "<head><title>Ada</title></head>"
    page = f"<!doctype html><html lang=en>{head}<h1{style}>Ada</h1></html>"
    response = Response(page, status, POLICY, mimetype="text/html")
    return response(environ, start_response)


def test_a_real_browser_opens_a_page(chromium, address):
    with window(chromium, address) as page:
        page.goto("/ada")

        assert page.get_by_role("heading").inner_text() == "Ada"


def test_a_page_that_complains_in_the_console_fails_its_test(chromium, address):
    with pytest.raises(AssertionError, match="Content Security Policy"):
        visit(chromium, address, "/styled")


def test_a_complaint_may_be_expected(chromium, address):
    visit(chromium, address, "/missing", expected=["status of 404"])

    with pytest.raises(AssertionError, match="status of 404"):
        visit(chromium, address, "/missing")


def test_a_script_that_breaks_fails_its_test(chromium, address):
    with pytest.raises(AssertionError, match="no such luck"):
        visit(chromium, address, "/ada", script="throw new Error('no such luck')")


def visit(chromium, address, path, script="", **options):
    with window(chromium, address, **options) as page:
        page.goto(path)
        page.evaluate(f"setTimeout(() => {{ {script} }})")
        page.wait_for_timeout(50)
