"""What strangers text us, on every page it reaches: text, and never anything else."""

import pytest
from sqlalchemy import update

from conversations.db import db
from conversations.models import Customer as CustomerRow
from tests.support.cast import Customer, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

TEXTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</textarea></bdi></p><h1>Sign in again</h1>",
    '" hx-get="/sign-out" hx-trigger="load"',
    "<div hx-get=/profile hx-trigger=load>",
    "{{ config }} {% include '/etc/passwd' %} ${7*7}",
    "javascript:alert(document.cookie)",
    "data:text/html,<script>alert(1)</script>",
    "https://evil.example/?<script>alert(1)</script>",
    "<!-- -->\u2028<![CDATA[x]]>&#60;b&#62;",
    "\u202egnp.exe\u202c \u2066hidden\u2069",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_strangers_text_stays_text_wherever_it_is_shown(
    stage: Stage, ana: Browser, ada: Customer, text: str
) -> None:
    bare = {path: shape(ana.get(path)) for path in pages(ada)}
    with writing():
        who = {"name": f"Ms {text}"[:80]}
        db.session.execute(update(CustomerRow).values(**who))
    ada.texts(text)
    stage.read()

    for path in pages(ada):
        page = ana.get(path)
        assert not page.select(".message__body *:not(a):not(.oddity)")
        assert not page.select("bdi *")
        assert shape(page) == bare[path]


def pages(customer: Customer) -> tuple[str, ...]:
    id = customer.conversation.id
    return ("/conversations", f"/conversations/{id}", "/conversations?q=a")


def shape(page: Page) -> set[tuple[str, str]]:
    """Everything on the page that could act: elements that run, attributes of htmx."""
    acting = page.select("script, iframe, object, embed, img, base, meta, style, form")
    found = {(tag.name, str(tag.get("action") or tag.get("src"))) for tag in acting}
    wired = page.select("[hx-get], [hx-post]")
    return found | {("hx", tag.get("hx-get") or tag.get("hx-post")) for tag in wired}
