"""Bad pages are refused, and forms go as a browser would send them."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response, redirect, request, session

from tests.support.pages import Browser, check_page

GOOD = """<!doctype html>
<html lang="en">
<head><title>Ada</title><script src="/app.js"></script></head>
<body>
<h1>Ada</h1>
<form action="/replies" method="post">
  <input type="hidden" name="csrf_token" value="t0ken">
  <label for="body">Reply</label>
  <textarea id="body" name="body">Dear Ada,
hello</textarea>
  <label><input type="checkbox" name="tags" value="vip" checked> VIP</label>
  <label><input type="checkbox" name="tags" value="new"> New</label>
  <select name="line" aria-label="Line">
    <option>100</option><option value="2" selected>200</option>
  </select>
  <button name="then" value="stay">Send</button>
  <button name="then" value="close">Send and close</button>
</form>
<form action="/search"><input name="q" aria-label="Search"><button>Find</button></form>
<img src="/ada.png" alt=""><a href="/search">All</a>
</body></html>"""

SIGN_IN = """<input name="email" aria-label="E-mail">
<input name="password" type="password" aria-label="Password"><textarea"""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

BAD = {
    "one h1": ("<h1>Ada</h1>", "<h2>Ada</h2>"),
    "has a title": ("<title>Ada</title>", "<title> </title>"),
    "says its language": (' lang="en"', ""),
    "is used 2 times": ("<h1>", '<h1 id="body">'),
    "no element has the id": ('for="body"', 'for="text"'),
    "a field has a label": (' aria-label="Search"', ""),
    "where it goes": ('action="/search"', ""),
    "has a CSRF token": ("t0ken", ""),
    "does not belong in an address": (' method="post"', ""),
    "no inline <script>": ("<h1>", "<script>alert(1)</script><h1>"),
    "no inline <style>": ("<title>", "<style>p {}</style><title>"),
    "no inline style": ("<h1>", '<h1 style="color: red">'),
    "no inline onclick": ("<h1>", '<h1 onclick="go()">'),
    "no inline hx-on": ("<h1>", '<h1 hx-on:click="go()">'),
    "no inline href": ('href="/search"', 'href="javascript:go()"'),
    "says what it does": (">Find<", "><"),
    "alt text": (' alt=""', ""),
    "unexpected-end-tag": ("</body>", "</b></body>"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_page_that_breaks_a_rule_is_refused(fault):
    good, bad = BAD[fault]

    with pytest.raises(AssertionError, match=fault):
        check(GOOD.replace(good, bad, 1))


def test_a_good_page_passes():
    check(GOOD)


def check(html, headers=HEADERS):
    response = Response(html, headers=headers)
    check_page(BeautifulSoup(html, "html5lib"), response, signed_in=True)


@pytest.mark.parametrize("name", HEADERS)
def test_a_page_without_its_headers_is_refused(name):
    headers = {other: HEADERS[other] for other in HEADERS if other != name}

    with pytest.raises(AssertionError, match=name):
        check(GOOD, headers)


def test_a_fragment_needs_no_title_but_keeps_the_other_rules():
    check_page(BeautifulSoup("<tr><td>Ada</td></tr>", "html.parser"))

    with pytest.raises(AssertionError, match="alt text"):
        check_page(BeautifulSoup("<li><img src=x></li>", "html.parser"))


@pytest.fixture
def app():
    app = Flask(__name__)
    app.secret_key = "only for this test"
    app.after_request(with_headers)
    app.add_url_rule("/sign-in", view_func=sign_in, methods=["GET", "POST"])
    app.add_url_rule("/ada", view_func=ada)
    app.add_url_rule("/replies", view_func=echo, methods=["POST"])
    app.add_url_rule("/search", view_func=echo)
    app.add_url_rule("/bad", view_func=lambda: GOOD.replace("<h1>", "<h1 style=''>"))
    return app


def with_headers(response):
    response.headers.update(HEADERS)
    return response


def sign_in():
    if request.method == "GET":
        return GOOD.replace("/replies", "/sign-in").replace("<textarea", SIGN_IN, 1)
    session["agent"] = request.form["email"]
    return redirect("/ada", 303)


def ada():
    return GOOD.replace("<h1>Ada", f"<h1>Ada for {session.get('agent')}")


def echo():
    fields = request.form or request.args
    return fields.to_dict(flat=False)


@pytest.fixture
def browser(app):
    return Browser(app.test_client())


def test_a_form_goes_as_the_page_has_it(browser):
    page = browser.get("/ada")

    answer = browser.submit(page, "form[action='/replies']")

    assert answer.response.json == {
        "csrf_token": ["t0ken"],
        "body": ["Dear Ada,\r\nhello"],
        "tags": ["vip"],
        "line": ["2"],
        "then": ["stay"],
    }


def test_a_form_goes_as_the_person_fills_it_in(browser):
    page = browser.get("/ada")

    answer = browser.submit(
        page, button="Send and close", body="Hi", tags=["new"], line="100"
    )

    sent = answer.response.json
    assert (sent["body"], sent["tags"], sent["line"]) == (["Hi"], ["new"], ["100"])
    assert sent["then"] == ["close"]


def test_a_form_that_gets_puts_its_fields_in_the_address(browser):
    answer = browser.submit(browser.get("/ada"), q="Ben")

    assert answer.url.endswith("/search?q=Ben")


def test_a_field_or_choice_that_is_not_on_the_page_is_refused(browser):
    page = browser.get("/ada")

    with pytest.raises(AssertionError, match="0 of the page's 2 forms"):
        browser.submit(page, subject="Hi")
    with pytest.raises(AssertionError, match="'3' is not among"):
        browser.submit(page, line="3")


def test_a_link_is_followed_by_its_text(browser):
    assert browser.follow(browser.get("/ada"), "All").path == "/search"


def test_signing_in_is_a_form_too(browser):
    page = browser.sign_in("ben@example.com", "a long password")

    assert page.h1.text == "Ada for ben@example.com"


def test_a_page_with_a_fault_or_another_status_fails_its_test(browser):
    with pytest.raises(AssertionError, match="no inline style"):
        browser.get("/bad")
    with pytest.raises(AssertionError, match="answered 404 NOT FOUND, not 200"):
        browser.get("/nobody")
