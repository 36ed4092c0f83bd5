"""axe-core over a page in a real browser: what WCAG 2.2 AA finds wrong with it."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose answer changes with the colours; the others look at no colour."""

QUICKLY = {"resultTypes": ["violations"], "preload": False, "iframes": False}
SIZES = ({"width": 1280, "height": 800}, {"width": 390, "height": 844})


def look_everywhere(page: Page, part: str = "html") -> Iterator[str]:
    """The faults of a part of the page as it stands, wide and narrow, light and dark.

    One page is looked at four times rather than opened four times; the window must want
    no motion, so that no colour is seen half way.
    """
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme, rules in (("light", LEVELS), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for fault in faults(page, part, *rules):
                yield f"{page.url}, {scheme}, {size['width']} px: {fault}"
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")


def check(page: Page, part: str = "html") -> None:
    """Fail with everything that is wrong with what one sees now."""
    found = list(look_everywhere(page, part))
    assert not found, "\n".join(["axe-core finds:", *found])


def faults(page: Page, part: str, *rules: str) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(
        "([part, options]) => axe.run(part, options)",
        [part, QUICKLY | {"runOnly": list(rules)}],
    )
    for violation in found["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['help']}: {node['html'][:200]} {reason(node)}"


def reason(node: dict[str, Any]) -> str:
    checks = (*node["any"], *node["all"], *node["none"])
    return "; ".join(check["message"] for check in checks)
