"""The stream's address: for signed-in agents, for as long as they are."""

from conversations.desk import accounts
from conversations.web.desk import live
from tests.support.cast import writing
from tests.support.pages import Browser
from tests.web.conftest import PASSWORD, make_agent


def test_the_stream_is_for_agents_who_are_signed_in(
    browser: Browser, ben: Browser
) -> None:
    assert browser.client.get("/live").status_code == 401

    answer = ben.client.get("/live")
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert next(iter(answer.response)).startswith(b"retry:")
    answer.close()


def test_an_open_stream_notices_that_the_agent_signed_out(browser: Browser) -> None:
    email = make_agent("Ana Ruiz")
    with writing():
        token = accounts.sign_in(email, PASSWORD)
    with browser.client.application.test_request_context():
        still_sees = live.still_sees(token)
    assert still_sees()

    with writing():
        accounts.sign_out(token)

    assert still_sees() is None


def test_streams_leave_threads_for_everything_else(ben: Browser) -> None:
    app = ben.client.application
    most = app.extensions["parley"].threads - live.SPARE_THREADS
    listeners = [app.extensions["hub"].listen() for _ in range(most)]

    refused = ben.client.get("/live")

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    app.extensions["hub"].leave(listeners[0])
    welcome = ben.client.get("/live")
    assert welcome.status_code == 200
    welcome.close()
