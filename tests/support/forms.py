"""What a browser would send for a form on a page, filled in by a person."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

from tests.support.tags import tags

CONTROLS = ("input", "select", "textarea", "button")
NOT_FILLED_IN = ("submit", "image", "button", "reset", "file")


@dataclass(frozen=True)
class Submission:
    """A request that waits to be made."""

    method: str
    url: str
    fields: MultiDict[str, Any]

    @property
    def request(self) -> dict[str, Any]:
        """Arguments for Flask's test client."""
        content = "data" if self.method == "POST" else "query_string"
        return {"method": self.method, "path": self.url, content: self.fields}


def submission(
    page: BeautifulSoup,
    form: Tag,
    answers: Mapping[str, Any],
    button: str | None = None,
) -> Submission:
    pressed = find_button(page, form, button)
    fields: MultiDict[str, Any] = MultiDict()
    for name, group in controls_by_name(page, form).items():
        for value in values(group, answers.get(name)):
            fields.add(name, value)
    if missing := answers.keys() - controls_by_name(page, form).keys():
        raise AssertionError(f"the form has no field {', '.join(sorted(missing))}")
    if pressed and pressed.get("name"):
        fields.add(pressed["name"], pressed.get("value", ""))
    return Submission(
        method=attribute("method", pressed, form, "get").upper(),
        url=urljoin(page.url, attribute("action", pressed, form, "")),
        fields=fields,
    )


def find_form(
    page: BeautifulSoup, names: Iterable[str], button: str | None = None
) -> Tag:
    """The one form of the page that has all these fields, and this button."""
    forms = [
        form
        for form in tags(page, "form")
        if set(names) <= controls_by_name(page, form).keys()
        and (button is None or find_button(page, form, button))
    ]
    assert len(forms) == 1, (
        f"{len(forms)} of the page's {len(page.select('form'))} forms have the fields "
        f"{sorted(names)} and the button {button!r}; say form=… with a CSS selector"
    )
    return forms[0]


def find_button(page: BeautifulSoup, form: Tag, text: str | None) -> Tag | None:
    """The button with this text; without any, the one that the Enter key presses."""
    buttons = [tag for tag in controls(page, form) if is_button(tag)]
    return next((tag for tag in buttons if text in (None, says(tag))), None)


def is_button(tag: Tag) -> bool:
    return tag.get("type", "submit" if tag.name == "button" else "") in (
        "submit",
        "image",
    )


def says(button: Tag) -> str:
    text = " ".join(button.get_text().split())
    return text or button.get("value", "") or button.get("aria-label", "")


def controls(page: BeautifulSoup, form: Tag) -> Iterator[Tag]:
    """What belongs to the form and is not disabled, in the order of the page.

    Only what names the form by its id can stand outside of it.
    """
    where = page if form.get("id") else form
    for tag in filter(partial(belongs, form), tags(where, *CONTROLS)):
        off = tag.has_attr("disabled") or tag.find_parent("fieldset", disabled=True)
        if not off:
            yield tag


def belongs(form: Tag, tag: Tag) -> bool:
    if owner := tag.get("form"):
        return owner == form.get("id")
    return tag.find_parent("form") is form


def controls_by_name(page: BeautifulSoup, form: Tag) -> dict[str, list[Tag]]:
    groups: dict[str, list[Tag]] = {}
    for tag in controls(page, form):
        if tag.get("name") and not is_button(tag):
            groups.setdefault(tag["name"], []).append(tag)
    return groups


def values(group: list[Tag], answer: Any) -> list[Any]:
    """What fields of one name send: the person's answer, or else what they hold."""
    if answer is None:
        return [value for tag in group for value in held(tag)]
    answers = answer if isinstance(answer, list) else [answer]
    if (choices := offered(group)) is None:
        return [as_sent(answer) for answer in answers]
    return [choice for answer in answers for choice in chosen(answer, choices)]


def chosen(answer: Any, choices: list[str]) -> list[str]:
    """True and False tick a box and clear it; anything else is one of the choices."""
    if answer is False:
        return []
    if answer is True:
        return choices[:1]
    assert str(answer) in choices, f"{answer!r} is not among {choices}"
    return [str(answer)]


def offered(group: list[Tag]) -> list[str] | None:
    """The values one may choose from, None where one may write anything."""
    tag = group[0]
    if tag.name == "select":
        return [option_value(option) for option in tags(tag, "option")]
    if tag.get("type") in ("checkbox", "radio"):
        return [box.get("value", "on") for box in group]
    return None


def held(tag: Tag) -> list[str]:
    if tag.name == "select":
        return selected(tag)
    if tag.name == "textarea":
        return [as_sent(tag.get_text())]
    if tag.get("type") in ("checkbox", "radio"):
        return [tag.get("value", "on")] if tag.has_attr("checked") else []
    return [] if tag.get("type") in NOT_FILLED_IN else [as_sent(tag.get("value", ""))]


def selected(select: Tag) -> list[str]:
    options = [tag for tag in tags(select, "option") if not tag.has_attr("disabled")]
    marked = [option for option in options if option.has_attr("selected")]
    if not marked and not select.has_attr("multiple"):
        marked = options[:1]
    return [option_value(option) for option in marked]


def option_value(option: Tag) -> str:
    return option.get("value", " ".join(option.get_text().split()))


def as_sent(answer: Any) -> Any:
    """A browser sends every line break as CR LF. Files go as they are."""
    if isinstance(answer, tuple):
        return answer
    return re.sub(r"\r\n|\r|\n", "\r\n", str(answer))


def attribute(name: str, button: Tag | None, form: Tag, default: str) -> str:
    """A button may overrule its form."""
    overruled = button.get(f"form{name}") if button else None
    return overruled or form.get(name, default)
