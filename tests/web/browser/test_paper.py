"""A thread on paper, in a real browser: whole, and no wider than the sheet."""

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import open_thread

LONG = "https://example.com/" + "a" * 300
A4_AT_96_DPI = {"width": 794, "height": 1123}
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"
CUT = """() => [...document.querySelectorAll('.paper__message')].every(
  each => getComputedStyle(each).breakInside === 'avoid')"""


def export_of(page: Page, desk: Desk, number: str) -> None:
    open_thread(page, desk, number, "Look at this")
    desk.hears(number, LONG)
    for n in range(4):
        desk.hears(number, f"Text {n}")
    expect(page.locator(".message")).to_have_count(6)
    page.get_by_role("link", name="Export or print").click()


def test_all_of_a_thread_is_on_paper_and_nothing_sticks_out(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    export_of(page, desk, number)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open it to print").click()
    paper = opened.value

    paper.emulate_media(media="print")
    paper.set_viewport_size(A4_AT_96_DPI)

    expect(paper.locator(".paper__message")).to_have_count(6)
    assert paper.evaluate(OVERFLOW) <= 0
    assert paper.evaluate(CUT)
    assert paper.pdf()[:4] == b"%PDF"


def test_the_file_needs_nothing_from_elsewhere(
    desk: Desk, visit: Visit, number: str, tmp_path: Path
) -> None:
    page = visit()
    export_of(page, desk, number)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    with ZipFile(download.value.path()) as zipped:
        (name,) = [each for each in zipped.namelist() if each.endswith("html")]
        zipped.extract(name, tmp_path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto((tmp_path / name).as_uri())

    expect(page.locator(".paper__message")).to_have_count(6)
    assert [url for url in asked if not url.startswith("file:")] == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate(OVERFLOW) <= 0
