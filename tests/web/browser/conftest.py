"""Parley on the practice line in a process of its own, and agents in real browsers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Connection, create_engine, text

from tests.support.browser import window
from tests.support.fixtures import DATABASES, database_url
from tests.support.server import Server, on_the_practice_line
from tests.support.stage import HOOK_TOKEN

OUR_NUMBER = "+12025550100"
CLOSED = text("UPDATE conversation SET closed_at = created_at WHERE closed_at IS NULL")
numbers = count(2_025_551_000)
ids = count(1)

# For journeys that hang on the database: on what it tells other processes, or in which
# order. What a page looks like, and what a browser does with it, hangs on none.
BOTH_DATABASES = pytest.mark.parametrize("desk", DATABASES, indirect=True)

Visit = Callable[..., Page]


class Desk(Server):
    """The server, and customers who text it straight through its callback address."""

    def password(self) -> str:
        return Path(self.env["INSTANCE_DIR"], "practice_password").read_text()

    def hears(self, number: str, body: str) -> None:
        said = {"source": number, "recipient": OUR_NUMBER, "message": body}
        answer = requests.post(
            f"{self.url}/hooks/kaleyra/inbound",
            json=said | {"id": f"web-{next(ids)}"},
            headers={"X-Hook-Token": HOOK_TOKEN},
            timeout=5,
        )
        assert answer.ok

    def forgets_what_is_open(self) -> None:
        """As if all that other tests left open were closed, so that a list is short."""
        with self.database() as database:
            database.execute(CLOSED)

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """A transaction beside the server's own."""
        engine = create_engine(self.env["DATABASE_URL"])
        with engine.begin() as connection:
            yield connection
        engine.dispose()


@pytest.fixture(scope="session")
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    kind = getattr(request, "param", "sqlite")
    with (
        database_url(kind, request, folder) as url,
        on_the_practice_line(Desk, url, folder) as desk,
    ):
        yield desk


@pytest.fixture
def number() -> str:
    """A customer's number that nobody has used yet."""
    return f"1{next(numbers)}"


@pytest.fixture(scope="session")
def signed_in(desk: Desk, chromium: Browser) -> Callable[[str], Any]:
    """The cookies of an agent without doubts who has signed in, once for all tests."""

    @cache
    def cookies(name: str) -> Any:
        with window(chromium, desk.url) as page:
            page.goto("/sign-in")
            page.get_by_label("Email").fill(f"{name}@practice.example")
            page.get_by_label("Password").fill(desk.password())
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("region", name="Conversations")).to_be_attached()
            choose_undo(page, "Off: replies leave at once")
            return page.context.storage_state()

    return cookies


def choose_undo(page: Page, choice: str) -> None:
    page.goto("/profile")
    page.get_by_label("Undo").select_option(choice)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.fixture
def visit(
    desk: Desk, chromium: Browser, signed_in: Callable[[str], Any]
) -> Iterator[Visit]:
    """Opens the inbox in a window in which an agent is signed in."""
    with ExitStack() as windows:

        def visit(name: str = "ana", **options: Any) -> Page:
            options["storage_state"] = signed_in(name)
            page = windows.enter_context(window(chromium, desk.url, **options))
            page.goto("/conversations")
            return page

        yield visit
