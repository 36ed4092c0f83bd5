"""Inviting somebody by a link: shown once, used once, good for some days."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Agent, Invitation, TeamMember
from tests.support.cast import everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.teams import agent_named, change, team_of
from tests.web.test_agents import SURE, said

CHOSEN = {"new": "seven otters upstream", "again": "seven otters upstream"}


def invited(ana: Browser, **more: object) -> str:
    """The path of the link that Ana gets for Cleo."""
    fields = {"name": "Cleo", "email": "Cleo@example.com", "role": "agent"}
    page = ana.submit(ana.get("/agents"), **(fields | more))
    return urlsplit(page.select_one("#link")["value"]).path


def opened(app: Flask, link: str) -> tuple[Browser, Page]:
    browser = Browser(app.test_client())
    return browser, browser.get(link)


def test_whoever_has_the_link_becomes_an_agent(app: Flask, ana: Browser) -> None:
    browser, page = opened(app, invited(ana))

    page = browser.submit(page, name="Cleo Pires", time_zone="Asia/Kolkata", **CHOSEN)

    assert page.path == "/conversations"
    cleo = agent_named("Cleo")
    assert (cleo.name, cleo.email, cleo.role, cleo.time_zone) == (
        "Cleo Pires",
        "cleo@example.com",
        "agent",
        "Asia/Kolkata",
    )
    Browser(app.test_client()).sign_in("cleo@example.com", CHOSEN["new"])


def test_an_invitation_names_teams(app: Flask, ana: Browser) -> None:
    night = team_of("Night")
    team_of("Day")
    browser, page = opened(app, invited(ana, teams=[str(night)]))

    browser.submit(page, **CHOSEN)

    member = the(select(TeamMember))
    assert (member.team_id, member.agent_id) == (night, agent_named("Cleo").id)


def test_the_link_works_once(app: Flask, ana: Browser) -> None:
    link = invited(ana)
    browser, page = opened(app, link)
    other, stale = opened(app, link)
    browser.submit(page, **CHOSEN)

    other.submit(stale, expect=410, **CHOSEN)
    Browser(app.test_client()).get(link, expect=410)

    assert len(everything(select(Agent))) == 2


@pytest.mark.parametrize("fate", [{"role": "agent"}, {"disabled_at": utcnow()}])
def test_the_link_is_void_when_its_admin_is_none_any_more(
    app: Flask, ana: Browser, fate: dict[str, object]
) -> None:
    link = invited(ana, role="admin")
    browser, page = opened(app, link)

    change("Ana", **fate)

    browser.submit(page, expect=410, **CHOSEN)
    Browser(app.test_client()).get(link, expect=410)
    assert len(everything(select(Agent))) == 1


def test_looking_at_the_link_uses_nothing_up(app: Flask, ana: Browser) -> None:
    link = invited(ana)
    for _ in range(3):
        opened(app, link)

    browser, page = opened(app, link)

    assert browser.submit(page, **CHOSEN).path == "/conversations"


def test_the_link_is_kept_nowhere(ana: Browser) -> None:
    token = invited(ana).rpartition("/")[2]

    assert token not in str(ana.get("/agents"))
    assert the(select(Invitation)).token_sha256 != token


def test_an_old_link_is_over(app: Flask, ana: Browser) -> None:
    link = invited(ana)
    with writing():
        past = utcnow() - timedelta(seconds=1)
        db.session.execute(update(Invitation).values(expires_at=past))

    page = Browser(app.test_client()).get(link, expect=410)

    assert "Ask for a new one" in page.get_text()
    assert "was good until" in said(ana.get("/agents"))


def test_a_second_invitation_makes_the_first_void(app: Flask, ana: Browser) -> None:
    first = invited(ana)
    second = invited(ana, email="cleo@example.com")

    Browser(app.test_client()).get(first, expect=410)
    opened(app, second)


def test_an_admin_withdraws_it(app: Flask, ana: Browser) -> None:
    link = invited(ana)

    page = ana.submit(ana.get("/agents"), button="Withdraw the invitation of Cleo")
    page = ana.submit(page, SURE)

    assert "Invited" not in said(page)
    Browser(app.test_client()).get(link, expect=410)


def test_what_is_chosen_must_do(app: Flask, ana: Browser) -> None:
    browser, page = opened(app, invited(ana))

    for wrong in (
        {"new": "short", "again": "short"},
        {"new": CHOSEN["new"], "again": "something else"},
        {"name": "", **CHOSEN},
    ):
        page = browser.submit(page, expect=422, **wrong)
        assert page.select(".field__error")

    browser.submit(page, name="Cleo", **CHOSEN)


def test_somebody_who_is_here_is_not_invited(ana: Browser, ben: Browser) -> None:
    fields = {"name": "Ben", "email": "BEN@example.com"}

    page = ana.submit(ana.get("/agents"), expect=422, **fields)

    assert "already an agent" in page.get_text()


def test_a_made_up_link_is_over(browser: Browser) -> None:
    browser.get("/invitations/no-such-thing", expect=410)
