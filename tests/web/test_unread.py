"""How many conversations wait to be read, for the title of any page."""

from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.models import Conversation
from tests.support.cast import Customer, writing
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.support.teams import give, own, team_of


def count(browser: Browser) -> str:
    return str(browser.client.get("/unread").json["unread"])


def reads(browser: Browser, customer: Customer) -> None:
    page = browser.get(f"/conversations/{customer.conversation.id}")
    browser.submit(page, "form[action*='/read-mark']")


def test_it_counts_what_is_mine_or_nobodys_and_not_what_a_colleague_has(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    for customer in (ada, bob):
        reads(ben, customer)
        reads(ana, customer)
    assert count(ben) == "0"
    ada.texts("One")
    ada.texts("Two")
    bob.texts("Three")
    stage.read()
    assert count(ben) == "2"

    own(ada, "Ben")
    own(bob, "Ana")
    assert count(ben) == "1"

    reads(ben, ada)
    assert (count(ben), count(ana)) == ("0", "1")


def test_a_conversation_in_which_one_is_named_counts_once(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ana")
    page = ana.get(f"/conversations/{ada.conversation.id}?mode=note")
    ana.submit(page, ".composer--note form", note="@Ben can you look?")
    assert count(ben) == "1"

    own(ada, "Ben")
    ada.texts("Hello?")
    stage.read()
    assert count(ben) == "1"

    with writing():
        db.session.execute(update(Conversation).values(team_id=team_of("Night")))
        db.session.execute(update(Conversation).values(assignee_id=None))
    assert count(ben) == "0"


def test_another_teams_and_snoozed_ones_are_not_counted(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    for customer in (ada, bob):
        customer.texts("Hello?")
    stage.read()
    give(ada, team_of("Billing", "Ana"))
    here = bob.conversation.id
    with writing():
        away = update(Conversation).where(Conversation.id == here)
        db.session.execute(away.values(snoozed_at=utcnow()))

    assert count(ben) == "0"
    assert count(ana) == "1"
