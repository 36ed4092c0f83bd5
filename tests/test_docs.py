"""The documents are true: what they link to, name and tell people to paste is there."""

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from conversations.config import Config
from conversations.kaleyra import callbacks, verdict
from conversations.kaleyra.callbacks import InboundText, RawCallback, Report
from conversations.texting.status import Status

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OPERATING = (ROOT / "docs/operating.md").read_text()
GOING_LIVE = (ROOT / "docs/going-live.md").read_text()
ADRS = sorted(ROOT.glob("docs/adr/0*.md"))

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|html|css|js|toml))`")
SETTING = re.compile(
    r'(?P<kind>env\.get|secret|number)\((?:env, )?"(?P<name>[A-Z_]+)"'
    r"(?:, (?P<default>\d+))?"
)
# Nobody types these: `make run` and containers set them.
SET_BY_PROGRAMS = {"PRACTICE_PORT", "INSTANCE_DIR"}

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    inner = [link for link in LINK.findall(prose(page)) if "://" not in link]

    for link in inner:
        path, _, part = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), f"{link} does not exist"
        assert not part or part in anchors(target), f"{link} has no such heading"


@cache
def anchors(page: Path) -> set[str]:
    """The headings of a page, as addresses within it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@every_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    for name in NAMED_FILE.findall(page.read_text()):
        assert (ROOT / name).exists(), f"{name} does not exist"


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"(?:`|^    )make ([a-z]+)", page.read_text(), re.MULTILINE)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(named) <= set(targets)


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    database = tmp_path_factory.mktemp("docs") / "never-read.db"
    return create_app(Config(database_url=f"sqlite:///{database}"))


@every_page
def test_every_command_that_is_named_exists(page: Path, parley: Flask) -> None:
    commands = parley.cli.commands
    named = re.compile(r"\.venv/bin/flask ([a-z-]+(?: [a-z]+)?)")
    for words in named.findall(page.read_text()):
        group, _, name = words.partition(" ")
        assert group in commands, words
        assert name in getattr(commands[group], "commands", {"": None}), words


@every_page
def test_every_address_that_is_named_is_answered(page: Path, parley: Flask) -> None:
    named = re.findall(r"`(GET|POST) (/[\w/]+)`", page.read_text())
    known = parley.url_map.bind("")
    for method, path in named:
        rule, _ = known.match(path.replace("ID", "1"), method)
        assert not rule.endswith("elsewhere"), path


def test_documents_that_the_code_names_exist() -> None:
    for module in [ROOT / "app.py", *(ROOT / "conversations").rglob("*.py")]:
        for name in re.findall(r"docs/[\w/.-]*\w", module.read_text()):
            assert list(ROOT.glob(f"{name}*")), f"{module.name} names {name}"


def settings() -> dict[str, tuple[str, str | None]]:
    """Every setting that config.py reads: how, and its default if it is a number."""
    read = SETTING.finditer((ROOT / "conversations/config.py").read_text())
    return {found["name"]: (found["kind"], found["default"]) for found in read}


def test_the_operators_table_has_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", OPERATING, re.MULTILINE)

    assert sorted(rows) == sorted(settings())


@pytest.mark.parametrize("name", [name for name, (_, n) in settings().items() if n])
def test_the_operators_table_has_the_default_of(name: str) -> None:
    default = settings()[name][1]
    shown = "" if name in SET_BY_PROGRAMS else f"`{default}`"

    assert f"| `{name}` | {shown}" in OPERATING


def test_the_example_has_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text()
    shown = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    read = settings()
    secrets = {f"{name}_FILE" for name, (kind, _) in read.items() if kind == "secret"}

    assert set(shown) - SET_BY_PROGRAMS == (set(read) - SET_BY_PROGRAMS) | secrets


def test_the_decisions_are_numbered_listed_and_of_one_shape() -> None:
    index = (ROOT / "docs/adr/README.md").read_text()
    for number, adr in enumerate(ADRS, start=1):
        title, text = adr.read_text().split("\n", 1)
        assert title.startswith(f"# {number:04}: ")
        assert f"[{number:04}]({adr.name}) | {title[8:]} |" in index
        assert re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE) == [
            "Context",
            "Choice",
            "Given up",
        ]


def test_the_glossary_says_each_word_once() -> None:
    entries = re.findall(
        r"^- (.+?): ", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE
    )
    words = [word for entry in entries for word in re.findall(r"\*\*(.+?)\*\*", entry)]

    assert len(words) > 50
    assert len(words) == len(set(words))


def test_the_api_page_knows_every_status() -> None:
    page = (ROOT / "docs/api.md").read_text()

    texts = [status for status in Status if status is not Status.NOTED]
    assert re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE) == texts


def test_what_pauses_a_line_is_explained() -> None:
    page = (ROOT / "docs/kaleyra.md").read_text()
    for status in verdict.CONFIGURATION:
        assert f"| {status.value} |" in page


SAID = {
    "id": "90e1-7",
    "kid": "90e1-7",
    "source": "12025550142",
    "recipient": "12025550100",
    "timestamp": "2026-11-22 10:00:00",
    "keyword": "",
}
OURS = ["+12025550100"]


def pasted(name: str, said: dict[str, str]) -> str:
    """The template that the page tells people to paste, with values put in."""
    block = rf"<!-- template: {name} -->\n```\w*\n(.+?)\n```"
    template = re.search(block, GOING_LIVE, re.DOTALL)[1]
    return re.sub(r"<(\w+)>", lambda gap: said.get(gap[1]) or gap[0], template)


@pytest.mark.parametrize(
    "body",
    [
        "Yes please",
        'the "blue" one',
        "two\nlines \\ here",
        '","id":"1","x":"',
        "<3 é 😊",
    ],
)
def test_the_body_to_paste_is_read_even_where_a_text_breaks_it(body: str) -> None:
    template = pasted("inbound", {**SAID, "message": body})
    raw = RawCallback("POST", "application/json", "", template.encode())

    said = callbacks.inbound_text(callbacks.fields(raw), OURS)

    assert isinstance(said, InboundText)
    assert (said.customer, said.line) == ("+12025550142", OURS[0])
    assert (said.body, said.provider_id) == (body, "90e1-7")


def test_the_address_to_paste_is_read() -> None:
    address = pasted("inbound query", {**SAID, "message": "Yes%20please"})
    raw = RawCallback("GET", "", address.partition("?")[2], b"")

    said = callbacks.inbound_text(callbacks.fields(raw), OURS)

    assert isinstance(said, InboundText)
    assert (said.customer, said.body) == ("+12025550142", "Yes please")


def test_the_reports_body_to_paste_is_read() -> None:
    news = {"id": "5b0c:1", "recipient": "12025550142", "status": "Delivered"}
    raw = RawCallback("POST", "", "", pasted("status", {**SAID, **news}).encode())

    said = callbacks.report(callbacks.fields(raw))

    assert isinstance(said, Report)
    assert (said.provider_id, said.status) == ("5b0c:1", Status.DELIVERED)
