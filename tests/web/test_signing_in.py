"""Signing in and out, and what a sign-in is worth."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Agent, SignIn
from tests.support.cast import everything, writing
from tests.support.pages import Browser
from tests.web.conftest import PASSWORD, make_agent, signed_in


def test_whoever_is_not_signed_in_is_led_to_the_page_they_wanted(
    browser: Browser,
) -> None:
    email = make_agent("Ana Ruiz")

    page = browser.get("/conversations?q=ada")
    assert page.path == "/sign-in"
    page = browser.submit(page, email=email, password=PASSWORD)

    assert page.url.endswith("/conversations?q=ada")


def test_the_way_back_leads_only_to_our_own_pages(browser: Browser) -> None:
    email = make_agent("Ana Ruiz")

    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil", "/\t/evil"):
        page = browser.get("/sign-in", query_string={"next": elsewhere})
        assert page.select_one("[name=next]")["value"] == ""

    page = browser.submit(page, email=email.upper(), password=PASSWORD)
    assert page.path == "/conversations"


def test_a_wrong_password_and_an_unknown_email_look_the_same(browser: Browser) -> None:
    email = make_agent("Ana Ruiz")
    page = browser.get("/sign-in")

    wrong = browser.submit(page, email=email, password="not hers at all", expect=422)
    unknown = browser.submit(
        page, email="eve@example.com", password="not hers at all", expect=422
    )

    said = "This email and password do not belong together."
    assert said in wrong.get_text()
    assert said in unknown.get_text()


def test_after_ten_tries_in_an_hour_even_the_right_password_waits(
    browser: Browser,
) -> None:
    email = make_agent("Ana Ruiz")
    page = browser.get("/sign-in")
    for _ in range(10):
        browser.submit(page, email=email, password="a guess of twelve", expect=422)

    page = browser.submit(page, email=email, password=PASSWORD, expect=429)

    assert "Too many tries." in page.get_text()
    assert int(page.response.headers["Retry-After"]) > 0


def test_signing_in_right_uses_up_no_tries(app: Flask) -> None:
    email = make_agent("Ana Ruiz")

    for _ in range(12):
        assert Browser(app.test_client()).sign_in(email, PASSWORD)


def test_signing_out_ends_the_sign_in_on_the_server(ana: Browser) -> None:
    with ana.client.session_transaction() as session:
        kept = dict(session)

    ana.submit(ana.get("/profile"), ".rail__out")

    with ana.client.session_transaction() as session:
        session.update(kept)
    assert ana.get("/conversations").path == "/sign-in"
    assert everything(select(SignIn)) == []


def test_a_new_sign_in_has_a_new_token(app: Flask) -> None:
    email = make_agent("Ana Ruiz")
    browser = Browser(app.test_client())

    browser.sign_in(email, PASSWORD)
    (first,) = everything(select(SignIn.token_sha256))
    browser.submit(browser.get("/profile"), ".rail__out")
    browser.sign_in(email, PASSWORD)
    (second,) = everything(select(SignIn.token_sha256))

    assert first != second


def test_a_sign_in_ends_after_eight_idle_hours(ana: Browser) -> None:
    change_sign_ins(seen_at=utcnow() - timedelta(hours=8, minutes=1))

    assert ana.get("/conversations").path == "/sign-in"


def test_a_sign_in_ends_after_a_week_however_busy(ana: Browser) -> None:
    change_sign_ins(expires_at=utcnow() - timedelta(seconds=1))

    assert ana.get("/conversations").path == "/sign-in"


def test_an_agent_at_work_does_not_go_idle(ana: Browser) -> None:
    before = utcnow() - timedelta(hours=7)
    change_sign_ins(seen_at=before)

    ana.get("/conversations")

    (seen_at,) = everything(select(SignIn.seen_at))
    assert seen_at > before


def test_what_a_page_fetches_by_itself_does_not_keep_it_signed_in(
    ana: Browser,
) -> None:
    before = utcnow() - timedelta(hours=7)
    change_sign_ins(seen_at=before)

    ana.get("/conversations/list", headers={"X-Background": "true"})

    assert everything(select(SignIn.seen_at)) == [before]


def test_a_disabled_agent_is_signed_out_at_once(ana: Browser) -> None:
    with writing():
        db.session.execute(update(Agent).values(disabled_at=utcnow()))

    page = ana.get("/conversations")

    assert page.path == "/sign-in"
    again = ana.submit(page, email="ana@example.com", password=PASSWORD, expect=422)
    assert "do not belong together" in again.get_text()


def test_a_script_of_a_signed_out_page_gets_a_bare_401(browser: Browser) -> None:
    page = browser.fragment("/conversations/list", expect=401)

    assert page.response.text == "You were signed out."


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    browser = signed_in(app, "Ana Ruiz", "admin")

    cookie = browser.client.get_cookie("parley_session")

    assert cookie
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def change_sign_ins(**values: object) -> None:
    with writing():
        db.session.execute(update(SignIn).values(**values))


def test_an_address_that_is_stopped_uses_up_no_colleagues_tries(app: Flask) -> None:
    email = make_agent("Ana Ruiz")
    crowd = Browser(app.test_client())
    page = crowd.get("/sign-in")
    for n in range(40):
        at = {"REMOTE_ADDR": "203.0.113.9"}
        guess = {"email": f"nobody{n}@example.com", "password": "a guess of twelve"}
        who = guess | ({"email": email} if n >= 20 else {})
        token = page.select_one("[name=csrf_token]")["value"]
        crowd.client.post("/sign-in", data=who | {"csrf_token": token}, environ_base=at)

    page = Browser(app.test_client()).sign_in(email, PASSWORD)

    assert page.path == "/conversations"
