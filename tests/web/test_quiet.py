"""Who hears that a line has gone quiet."""

from conversations.db import utcnow
from tests.support.line import change_line
from tests.support.pages import Browser


def test_admins_are_warned_of_a_quiet_line_on_every_page(
    ana: Browser, ben: Browser
) -> None:
    change_line(quiet_since=utcnow())

    for path in ("/lines", "/conversations", "/callbacks"):
        warning = ana.get(path).select_one(".quiet")
        assert "+1 202-555-0100 is unusually quiet" in warning.get_text()
    assert not ben.get("/conversations").select(".quiet")
