"""What admins see of wrong secrets and of numbers that are not ours."""

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import TurnedAway
from tests.support.cast import Caller, writing
from tests.support.pages import Browser
from tests.support.stage import Stage


def turned_away(**more: object) -> TurnedAway:
    row = {
        "hour": utcnow(), "address": "status", "source": "198.51.100.0/24",
        "place": "query", "hint": "ab*** (32 characters)", "times": 7,
        "last_at": utcnow(),
    }  # fmt: skip
    return TurnedAway(**(row | more))


def test_wrong_secrets_are_shown_with_what_to_do(stage: Stage, ana: Browser) -> None:
    with writing():
        for row in db.session.scalars(select(TurnedAway)):
            db.session.delete(row)
    with writing():
        db.session.add(turned_away())
        db.session.add(turned_away(place="", hint="", source="2001:db8:1::/48"))
        db.session.add(turned_away(place="", hint="", source="many others", times=1000))

    said = ana.get("/callbacks").get_text(" ", strip=True)

    assert "1,014 requests" in said
    assert "HOOK_TOKEN" in said
    assert "ab*** (32 characters) as ?token= in the address" in said
    assert "198.51.100.0/24" in said
    assert "no secret at all" in said


def test_texts_for_numbers_that_are_not_ours_are_counted(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    for customer in ("12025550142", "12025550143"):
        kaleyra_calls.inbound(
            {"source": customer, "recipient": "12025550177", "message": "Hi"}
        )
    stage.read()

    card = ana.get("/callbacks").select_one("[aria-labelledby=unknown-numbers]")

    assert "1 number" in card.get_text()
    assert "+1 202-555-0177" in card.get_text()
    assert "2 customers" in card.get_text()


def test_agents_see_nothing_of_it(ben: Browser) -> None:
    with writing():
        db.session.add(turned_away())

    assert "198.51.100" not in ben.get("/callbacks", expect=403).get_text()


def test_what_was_too_large_is_shown_with_its_size(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.post("inbound", data=b"x" * 70_000)
    stage.app.extensions["turned_away"].write_down()

    said = ana.get("/callbacks").select_one("[aria-labelledby=turned-away]").get_text()

    assert "> 64 KiB is too large for a callback; the secret was right" in said
