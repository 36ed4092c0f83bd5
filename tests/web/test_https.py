"""Behind HTTPS and proxies."""

from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from tests.support.pages import Page
from tests.support.stage import Stage
from tests.web.conftest import PASSWORD, make_agent

DESK = "https://desk.example"


@pytest.fixture
def secure(stage: Stage) -> Flask:
    """The same app, as its users reach it over HTTPS through one proxy."""
    settings = {"public_url": DESK, "trusted_proxies": 1}
    app = create_app(replace(stage.config, **settings))
    app.testing = True
    return app


def behind_proxy(app: Flask, address: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "desk.example",
        "HTTP_X_FORWARDED_FOR": f"6.6.6.6, {address}",
    }
    return client


def test_the_cookie_is_bound_to_this_host_and_to_https(secure: Flask) -> None:
    email = make_agent("Ana Ruiz")
    client = behind_proxy(secure, "192.0.2.1")
    page = Page(client.get("/sign-in", base_url=DESK))
    token = page.select_one("[name=csrf_token]")["value"]

    answer = client.post(
        "/sign-in",
        data={"email": email, "password": PASSWORD, "csrf_token": token},
        headers={"Referer": f"{DESK}/sign-in"},
        base_url=DESK,
    )

    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-parley=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_form_from_elsewhere_is_refused_even_with_the_token(secure: Flask) -> None:
    client = behind_proxy(secure, "192.0.2.1")
    page = Page(client.get("/sign-in", base_url=DESK))
    token = page.select_one("[name=csrf_token]")["value"]

    for referer in ({}, {"Referer": "https://evil.example/"}):
        answer = client.post(
            "/sign-in", data={"csrf_token": token}, headers=referer, base_url=DESK
        )
        assert answer.status_code == 400


def test_browsers_are_told_to_stay_with_https(secure: Flask) -> None:
    headers = behind_proxy(secure, "192.0.2.1").get("/sign-in").headers

    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_only_the_address_that_our_own_proxy_saw_counts(secure: Flask) -> None:
    with behind_proxy(secure, "192.0.2.1") as client:
        client.get("/sign-in")

        assert request.remote_addr == "192.0.2.1"
        assert request.is_secure
