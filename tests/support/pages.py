"""A browser without a screen: it opens pages, checks each and fills in their forms."""

import re
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.forms import find_form, submission
from tests.support.rules import check_page
from tests.support.tags import tags

__all__ = ["Browser", "Page", "check_page"]

FIRST_LINE_BREAK = re.compile(r"(<(?:textarea|pre)\b[^>]*>)\r?\n")
"""A browser leaves it out, Python's parser does not."""


class Page:
    """A page or a fragment, with the answer it came in and where that was from.

    Whatever one asks of it that it does not know, the tree of its tags does.
    """

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.url: str = response.request.url

    @cached_property
    def tree(self) -> BeautifulSoup:
        """Made when somebody looks: of every other page one only wants the status."""
        html = self.response.text if self.response.mimetype == "text/html" else ""
        # The quickest parser does: the rules see to it that there is nothing to repair.
        return BeautifulSoup(FIRST_LINE_BREAK.sub(r"\1", html), "html.parser")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tree, name)

    def __str__(self) -> str:
        return str(self.tree)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


class Browser:
    """One person at one screen; two agents are two of these.

    Every page is checked, and must have the status that the test `expect`s.
    """

    sign_in_path = "/sign-in"

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.signed_in = False

    def get(self, url: str, *, expect: int = 200, **options: Any) -> Page:
        """Open an address; the `options` are those of Flask's test client."""
        return self._open(expect, method="GET", path=url, **options)

    def fragment(self, url: str, *, expect: int = 200, **options: Any) -> Page:
        """Ask for what a live update would."""
        return self.get(url, expect=expect, headers={"HX-Request": "true"}, **options)

    def follow(self, page: Page, text: str, *, expect: int = 200) -> Page:
        """Follow the link with this text."""
        links = [a for a in tags(page, "a") if a.get_text(strip=True) == text]
        assert links, f"{page.url} has no link {text!r}"
        return self.get(urljoin(page.url, links[0]["href"]), expect=expect)

    def submit(
        self,
        page: Page,
        /,
        form: str | Tag | None = None,
        *,
        button: str | None = None,
        expect: int = 200,
        **fields: Any,
    ) -> Page:
        """Fill in the form on the page and send it, following where that leads.

        Without `form`, a CSS selector, it is the one form that has all the `fields`
        (and the `button` with this text). What `fields` does not name stays as the page
        has it: hidden fields, CSRF token, chosen options. True and False tick and clear
        a box, a list chooses several.
        """
        chosen = self._form(page, form, fields, button)
        request = submission(page, chosen, fields, button).request
        return self._open(expect, headers={"Referer": page.url}, **request)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in as a person does; return the page one then sees."""
        page = self.get(self.sign_in_path)
        self.signed_in = True
        page = self.submit(page, email=email, password=password)
        assert page.path != self.sign_in_path, f"{email} could not sign in"
        return page

    def enter(self, token: str) -> None:
        """Be signed in with this token, without the form or its slow password."""
        self.signed_in = True
        with self.client.session_transaction() as session:
            session.permanent = True
            session["_user_id"] = token

    def _form(
        self, page: Page, form: str | Tag | None, fields: Any, button: str | None
    ) -> Tag:
        if isinstance(form, str):
            found = page.select_one(form)
            assert found, f"{page.url} has no {form}"
            return found
        return find_form(page, fields, button) if form is None else form

    def _open(self, expect: int, **request: Any) -> Page:
        response = self.client.open(follow_redirects=True, **request)
        page = Page(response)
        assert response.status_code == expect, (
            f"{request['method']} {page.url} answered {response.status}, not {expect}: "
            f"{page.get_text(' ', strip=True)[:500]}"
        )
        if response.mimetype == "text/html" and response.data:
            check_page(page, response, signed_in=self.signed_in)
        return page
