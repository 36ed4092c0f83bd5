"""The agents' pages, for admins: rights, signing out, disabling; asked first."""

from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.support.teams import agent_named, own, team_of

SURE = ".sure__ways"


def page_of(browser: Browser, first_name: str) -> Page:
    return browser.get(f"/agents/{agent_named(first_name).id}")


def said(page: Page) -> str:
    return page.select_one("main").get_text(" ", strip=True)


def test_it_is_for_admins_alone(ben: Browser) -> None:
    ben.get("/agents", expect=403)
    ben.get("/agents/teams", expect=403)
    assert not ben.get("/conversations").select('.rail a[href="/agents"]')


def test_it_lists_everybody(ana: Browser, ben: Browser) -> None:
    team_of("Billing", "Ben")

    listed = said(ana.get("/agents"))

    assert "Ana Ruiz ana@example.com Admin" in listed
    assert "Ben Okafor ben@example.com Agent · Billing" in listed


def test_nothing_changes_before_the_admin_is_sure(ana: Browser, ben: Browser) -> None:
    page = ana.submit(page_of(ana, "Ben"), role="admin", masked=True)

    assert "Ben Okafor becomes an admin" in said(page)
    assert "only the last digits" in said(page)
    assert agent_named("Ben").role == "agent"

    ana.submit(page, SURE)

    assert agent_named("Ben").admin
    assert agent_named("Ben").masked


def test_an_admin_puts_an_agent_into_teams(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    billing, shop = team_of("Billing"), team_of("Shop", "Ben")

    page = ana.submit(page_of(ana, "Ben"), teams=[str(billing)])
    assert "Ben Okafor joins Billing" in said(page)
    assert "Ben Okafor leaves Shop" in said(page)
    page = ana.submit(page, SURE)

    chosen = page.select("input[name=teams][checked]")
    assert [box["value"] for box in chosen] == [str(billing)]
    assert str(shop) not in [box["value"] for box in chosen]


def test_saving_what_is_so_already_asks_nothing(ana: Browser, ben: Browser) -> None:
    page = ana.submit(page_of(ana, "Ben"), role="agent")

    assert page.path == f"/agents/{agent_named('Ben').id}"


def test_a_disabled_agent_is_out_at_once_and_what_was_theirs_is_nobodys(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ben")

    page = ana.submit(page_of(ana, "Ben"), button="Disable")
    ben.get("/conversations")
    page = ana.submit(page, button="Disable Ben Okafor")

    assert "Cannot sign in." in said(page)
    ben.signed_in = False
    assert ben.get("/conversations").path == "/sign-in"
    assert ada.conversation.assignee_id is None
    thread = ana.get(f"/conversations/{ada.conversation.id}")
    assert "Ben Okafor has left" in thread.select_one(".message--event").get_text()


def test_a_disabled_agent_is_let_in_again(ana: Browser, ben: Browser) -> None:
    page = ana.submit(page_of(ana, "Ben"), button="Disable")
    page = ana.submit(page, SURE)

    ana.submit(ana.submit(page, button="Let in again"), SURE)

    assert not agent_named("Ben").disabled


def test_signing_out_everywhere_ends_every_browser(ana: Browser, ben: Browser) -> None:
    page = ana.submit(page_of(ana, "Ben"), button="Sign out everywhere")
    page = ana.submit(page, SURE)

    assert "Signed in with 0 browsers." in said(page)
    ben.signed_in = False
    assert ben.get("/conversations").path == "/sign-in"


def test_the_last_admin_can_neither_be_disabled_nor_be_made_an_agent(
    ana: Browser, ben: Browser
) -> None:
    for ways in ({"button": "Disable"}, {"role": "agent"}):
        page = ana.submit(page_of(ana, "Ana"), **ways)
        page = ana.submit(page, SURE, expect=422)
        assert "There must be an admin left" in page.get_text()

    assert agent_named("Ana").admin
    assert not agent_named("Ana").disabled


def test_a_disabled_admin_is_no_admin_that_is_left(ana: Browser, ben: Browser) -> None:
    ana.submit(ana.submit(page_of(ana, "Ben"), role="admin"), SURE)
    ana.submit(ana.submit(page_of(ana, "Ben"), button="Disable"), SURE)

    page = ana.submit(page_of(ana, "Ana"), button="Disable")

    ana.submit(page, SURE, expect=422)


def test_an_agent_who_is_not_there_is_not_found(ana: Browser) -> None:
    ana.get("/agents/4711", expect=404)
    ana.get("/agents/teams/4711", expect=404)
