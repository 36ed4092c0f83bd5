"""Who hears that a line has gone quiet."""

from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.models import Line
from tests.support.cast import writing
from tests.support.pages import Browser
from tests.support.stage import LINE


def test_admins_are_warned_of_a_quiet_line_on_every_page(
    ana: Browser, ben: Browser
) -> None:
    with writing():
        quiet = {"quiet_since": utcnow()}
        db.session.execute(update(Line).where(Line.address == LINE).values(quiet))

    for path in ("/lines", "/conversations", "/callbacks"):
        warning = ana.get(path).select_one(".quiet")
        assert "+1 202-555-0100 is unusually quiet" in warning.get_text()
    assert not ben.get("/conversations").select(".quiet")
