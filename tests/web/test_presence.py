"""Who looks at a conversation and who types in it, as their colleagues are told."""

from datetime import timedelta

from sqlalchemy import update

from conversations.db import db
from conversations.models import Presence
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import change, give, team_of
from tests.web.conftest import signed_in
from tests.web.test_page_cost import counting


def says(browser: Browser, customer: Customer, doing: str, status: int = 204) -> None:
    """What the page's script does by itself."""
    here = f"/conversations/{customer.conversation.id}/presence"
    token = browser.get("/profile").select_one("[name=csrf_token]")["value"]
    data = {"doing": doing, "csrf_token": token}
    headers = {"X-Background": "true", "HX-Request": "true"}
    answer = browser.client.post(here, data=data, headers=headers)
    assert answer.status_code == status


def words(page: Page) -> str:
    return " ".join(mark.get_text() for mark in page.select(".presence")).strip()


def in_thread(browser: Browser, customer: Customer) -> str:
    page = browser.get(f"/conversations/{customer.conversation.id}")
    status = page.select_one("agent-presence[role=status]")
    assert status.get_text().strip() == words(asked(browser, customer))
    return str(status.get_text().strip())


def asked(browser: Browser, customer: Customer) -> Page:
    return browser.fragment(f"/presence?ids={customer.conversation.id}")


def grows_old(seconds: float) -> None:
    """So long nothing is heard of anybody."""
    for row in everything(db.select(Presence)):
        with writing():
            db.session.execute(
                update(Presence)
                .where(Presence.agent_id == row.agent_id)
                .values(seen_at=row.seen_at - timedelta(seconds=seconds))
            )


def test_colleagues_see_who_looks_types_pauses_and_leaves(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    assert in_thread(ben, ada) == ""

    says(ana, ada, "looking")
    assert in_thread(ben, ada) == "Ana Ruiz is looking"
    says(ana, ada, "typing")
    assert in_thread(ben, ada) == "Ana Ruiz is typing a reply"
    says(ana, ada, "looking")
    assert in_thread(ben, ada) == "Ana Ruiz is looking"
    says(ana, ada, "left")
    assert in_thread(ben, ada) == ""


def test_the_list_says_it_too(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    says(ana, ada, "typing")

    rows = ben.get("/conversations").select(".row")

    assert ["Ana Ruiz is typing a reply" in row.get_text() for row in rows] == [
        False,
        True,
    ]


def test_several_are_counted(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    cleo = signed_in(stage.app, "Cleo Vance", "agent")
    says(ana, ada, "looking")
    says(cleo, ada, "looking")

    assert in_thread(ben, ada) == "2 colleagues are looking"
    says(ana, ada, "typing")
    assert in_thread(ben, ada) == "Ana Ruiz is typing a reply · Cleo Vance is looking"


def test_nobody_is_told_of_themselves(ben: Browser, ada: Customer) -> None:
    says(ben, ada, "typing")

    assert in_thread(ben, ada) == ""
    assert asked(ben, ada).select_one(".presence[data-here]")


def test_a_browser_that_died_types_no_more_and_is_gone_soon(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    says(ana, ada, "typing")

    grows_old(11)
    assert in_thread(ben, ada) == "Ana Ruiz is looking"
    grows_old(35)
    assert in_thread(ben, ada) == ""

    stage.step(Sweeper("w", lambda: True).step)
    assert everything(db.select(Presence)) == []


def test_typing_again_after_a_long_pause_is_news(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    says(ana, ada, "typing")
    grows_old(11)

    says(ana, ada, "typing")

    assert in_thread(ben, ada) == "Ana Ruiz is typing a reply"


def test_saying_the_same_again_is_one_update_and_no_news(
    stage: Stage, ana: Browser, ada: Customer
) -> None:
    says(ana, ada, "looking")
    ana.get("/profile")

    with counting(stage.app) as queries:
        says(ana, ada, "looking")

    changing = [each for each in queries if not each.startswith("SELECT")]
    assert [each.split()[:2] for each in changing] == [["UPDATE", "presence"]], changing


def test_another_teams_conversation_is_neither_said_nor_shown(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))
    says(ana, ada, "looking")

    says(ben, ada, "looking", status=404)

    assert words(asked(ben, ada)) == ""
    change("Ben", role="admin")
    assert words(asked(ben, ada)) == "Ana Ruiz is looking"


def test_only_what_there_is_can_be_said(ben: Browser, ada: Customer) -> None:
    says(ben, ada, "sleeping", status=400)
