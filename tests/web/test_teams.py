"""The teams' pages, for admins, and a line's team."""

from tests.support.cast import Customer
from tests.support.line import line
from tests.support.pages import Browser, Page
from tests.support.teams import agent_named, give, team_of
from tests.web.test_agents import SURE, said


def made(ana: Browser, name: str) -> Page:
    return ana.submit(ana.get("/agents/teams"), name=name)


def test_an_admin_makes_a_team_and_says_who_is_in_it(
    ana: Browser, ben: Browser
) -> None:
    page = made(ana, " Billing ")
    page = ana.submit(page, members=[str(agent_named("Ben").id)])
    assert "Ben Okafor joins Billing" in said(page)
    ana.submit(page, SURE)

    assert "Billing Ben Okafor" in said(ana.get("/agents/teams"))


def test_a_team_is_renamed(ana: Browser) -> None:
    page = ana.submit(made(ana, "Billing"), name="Invoices")

    assert page.select_one("h1").get_text() == "Invoices"


def test_no_two_teams_have_one_name(ana: Browser) -> None:
    made(ana, "Billing")
    page = ana.submit(ana.get("/agents/teams"), name="billing", expect=422)
    assert "already" in page.get_text()

    page = ana.submit(made(ana, "Shop"), name="BILLING", expect=422)

    assert "already" in page.get_text()


def test_an_archived_team_gets_nothing_more_and_keeps_what_it_has(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    team_id = team_of("Billing", "Ben")
    give(ada, team_id)
    ana.submit(ana.get(f"/lines/{line().id}"), team=team_id)

    page = ana.get(f"/agents/teams/{team_id}")
    page = ana.submit(page, button="Archive the team")
    assert "1 conversation." in said(page)
    page = ana.submit(page, SURE)

    assert "Archived" in said(page)
    assert line().team_id is None
    thread = ben.get(f"/conversations/{ada.conversation.id}")
    assert "Billing" in thread.select_one(".owner__words").get_text()
    offered = [each["value"] for each in thread.select("#owner-team option")]
    assert str(team_id) not in offered

    page = ana.submit(page, button="Bring it back")

    assert "Archive the team" in said(page)


def test_a_line_has_a_team_for_its_new_conversations(ana: Browser) -> None:
    team_id = team_of("Billing")

    page = ana.submit(ana.get(f"/lines/{line().id}"), team=team_id)

    assert line().team_id == team_id
    assert "New conversations on it are for the team Billing." in said(page)
    assert page.select_one("#team option[selected]").get_text() == "Billing"

    ana.submit(page, team="0")

    assert line().team_id is None
