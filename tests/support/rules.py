"""The rules that every page keeps, checked on every page that any test opens."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator

from bs4 import BeautifulSoup, Tag
from html5lib import HTMLParser
from werkzeug.wrappers import Response

from tests.support.tags import kind, tags

Rule = Callable[[BeautifulSoup], Iterator[str]]
"""Yields the faults that it finds, in words."""

PRESSED = ("submit", "button", "reset", "image")
"""The kinds of input that one presses rather than fills in."""

REFERRER_POLICIES = ("same-origin", "strict-origin-when-cross-origin")
"""Without any referrer, forms would be refused over HTTPS."""

KNOWN: set[str] = set()
"""The shapes of the pages found without fault, which need no second look."""

SOUND: set[str] = set()
"""The shapes of the pages that parse, without the values of attributes."""

TEXT = re.compile(r">[^<]*[^<\s][^<]*<")
VALUES = re.compile(r'(?<==)"[^"&<>]*"')
VARYING = re.compile(r"\d+|[\w.-]{24,}")


def check_page(
    page: BeautifulSoup,
    response: Response | None = None,
    *,
    signed_in: bool = False,
    without: Container[Rule] = (),
) -> None:
    """Fail, naming every fault at once, unless page and headers keep the rules.

    A fragment, which is what a live update gets, keeps those that make sense for one.
    `without` are rules that do not apply to this page.
    """
    html = str(page) if response is None else response.get_data(as_text=True)
    faults = [] if response is None else [*header_faults(response, signed_in=signed_in)]
    if (found := shape(html)) not in KNOWN:
        rules = [rule for rule in rules_for(page) if rule not in without]
        faults += [fault for rule in rules for fault in rule(page)]
        faults += parse_errors(html)
    where = getattr(page, "url", None) or "the page"
    assert not faults, "\n  ".join([f"{where} breaks the rules of a page:", *faults])
    if not without:
        KNOWN.add(found)


def shape(html: str) -> str:
    """The page without its texts, numbers and tokens, which break no rule."""
    return VARYING.sub("0", TEXT.sub(">text<", html))


def rules_for(page: BeautifulSoup) -> tuple[Rule, ...]:
    return (*ANYWHERE, *WHOLE) if page.find("html") else ANYWHERE


def heading(page: BeautifulSoup) -> Iterator[str]:
    if (count := len(tags(page, "h1"))) != 1:
        yield f"a page has one h1, not {count}"


def title(page: BeautifulSoup) -> Iterator[str]:
    found = page.select_one("head > title")
    if not found or not found.get_text(strip=True):
        yield "a page has a title"


def language(page: BeautifulSoup) -> Iterator[str]:
    if not page.find("html").get("lang"):
        yield "a page says its language"


def references(page: BeautifulSoup) -> Iterator[str]:
    """Labels and descriptions that point nowhere are silent to a screen reader."""
    known = set(ids(page))
    for name in ("for", "form", "aria-labelledby", "aria-describedby"):
        for tag in tags(page):
            for missing in set(tag.get(name, "").split()) - known:
                yield f"no element has the id that {name}={missing!r} means"


def ids(page: BeautifulSoup) -> list[str]:
    return [tag["id"] for tag in tags(page) if tag.has_attr("id")]


def unique_ids(page: BeautifulSoup) -> Iterator[str]:
    for id, count in Counter(ids(page)).items():
        if count > 1:
            yield f"the id {id!r} is used {count} times"


def labelled_fields(page: BeautifulSoup) -> Iterator[str]:
    labels = {tag["for"]: tag for tag in tags(page, "label") if tag.has_attr("for")}
    for field in tags(page, "input", "textarea", "select"):
        if kind(field) not in (*PRESSED, "hidden") and not labelled(field, labels):
            yield f"a field has a label: {opening(field)}"


def labelled(field: Tag, labels: dict[str, Tag]) -> bool:
    label = field.find_parent("label") or labels.get(field.get("id", ""))
    return bool(label.get_text(strip=True) if label else spoken_name(field))


def form_actions(page: BeautifulSoup) -> Iterator[str]:
    for form in tags(page, "form"):
        if not form.get("action"):
            yield f"a form says where it goes: {opening(form)}"


def csrf_tokens(page: BeautifulSoup) -> Iterator[str]:
    for form in tags(page, "form"):
        posts = form.get("method", "get").lower() == "post"
        token = next(filter(is_token, tags(form, "input")), None)
        if posts and not (token and token.get("value")):
            yield f"a form that posts has a CSRF token: {opening(form)}"
        if token and not posts:
            yield f"a CSRF token does not belong in an address: {opening(form)}"


def is_token(field: Tag) -> bool:
    return kind(field) == "hidden" and field.get("name") == "csrf_token"


def nothing_inline(page: BeautifulSoup) -> Iterator[str]:
    """The Content-Security-Policy would keep these from working."""
    for tag in tags(page, "script", "style"):
        if not tag.has_attr("src") and kind(tag) != "application/json":
            yield f"no inline <{tag.name}>"
    for tag in tags(page):
        for name, value in tag.attrs.items():
            if inline(name, value):
                yield f"no inline {name}: {opening(tag)}"


def inline(name: str, value: str | list[str]) -> bool:
    return (
        name == "style"
        or name.startswith(("on", "hx-on", "data-hx-on"))
        or (isinstance(value, str) and value.strip().lower().startswith("javascript:"))
    )


def named_controls(page: BeautifulSoup) -> Iterator[str]:
    for control in tags(page):
        if pressable(control) and not (visible_text(control) or spoken_name(control)):
            yield f"what can be pressed says what it does: {opening(control)}"
    for control in tags(page, "input"):
        named = control.get("value") or spoken_name(control)
        if kind(control) in ("submit", "button") and not named:
            yield f"what can be pressed says what it does: {opening(control)}"


def pressable(tag: Tag) -> bool:
    return (
        tag.name in ("button", "summary")
        or (tag.name == "a" and tag.has_attr("href"))
        or tag.get("role") == "button"
    )


def described_images(page: BeautifulSoup) -> Iterator[str]:
    for image in tags(page, "img", "input"):
        shows = image.name == "img" or kind(image) == "image"
        if shows and not image.has_attr("alt"):
            where = opening(image)
            yield f"an image has an alt text, empty if it is decoration: {where}"


def visible_text(tag: Tag) -> str:
    pictures = " ".join(image.get("alt", "") for image in tags(tag, "img"))
    return (tag.get_text(strip=True) + pictures).strip()


def spoken_name(tag: Tag) -> str:
    names = ("aria-label", "aria-labelledby", "title")
    return "".join(tag.get(name, "") for name in names).strip()


def opening(tag: Tag) -> str:
    """The tag without what it holds, to find it again in the template."""
    return str(tag).split(">", 1)[0] + ">"


def header_faults(response: Response, *, signed_in: bool) -> Iterator[str]:
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src" not in policy or "unsafe-" in policy:
        yield f"a strict Content-Security-Policy, not {policy!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options: nosniff"
    if headers.get("Referrer-Policy") not in REFERRER_POLICIES:
        yield f"Referrer-Policy is one of {', '.join(REFERRER_POLICIES)}"
    if signed_in and "no-store" not in headers.get("Cache-Control", ""):
        yield "what is for one agent's eyes has Cache-Control: no-store"


def parse_errors(html: str) -> Iterator[str]:
    """What a browser would have to repair: stray end tags, a form inside a form.

    The parser cannot judge a fragment, nor what is inside a <template>.
    """
    if "<html" not in html.lower() or "<template" in html.lower():
        return
    if (bones := VALUES.sub('""', shape(html))) in SOUND:
        return
    parser = HTMLParser()
    parser.parse(html)
    for (line, column), problem, about in parser.errors:
        yield f"HTML, line {line}, column {column}: {problem} {about or ''}"
    if not parser.errors:
        SOUND.add(bones)


WHOLE = (heading, title, language, references)
ANYWHERE = (
    unique_ids,
    labelled_fields,
    form_actions,
    csrf_tokens,
    nothing_inline,
    named_controls,
    described_images,
)
