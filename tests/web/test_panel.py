"""What is known of a customer beside their texts: who, since when, on which lines."""

import pytest
from sqlalchemy import select, update

from conversations.db import db
from conversations.models import Audit, Line
from conversations.models import Customer as CustomerRow
from tests.support.cast import Caller, Customer, everything, the, writing
from tests.support.pages import Browser
from tests.support.stage import LINE, SHORT_CODE, Stage
from tests.support.teams import give, team_of
from tests.web.panel_page import FORM, panel


def test_it_says_who_it_is_and_since_when(ben: Browser, ada: Customer) -> None:
    page = panel(ben, ada)

    words = page.select_one("#panel").get_text()
    assert "+1 202-555-0142" in words
    assert "First seen" in words
    assert "the number does not tell" in words


def test_a_script_gets_the_panel_alone(ben: Browser, ada: Customer) -> None:
    address = f"/conversations/{ada.conversation.id}/customer"

    piece = ben.get(address, headers={"HX-Request": "true", "HX-Target": "panel"})

    assert not piece.select("h1")
    assert "First seen" in piece.get_text()


def test_the_panel_alone_offers_erasing_to_admins(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    address = f"/conversations/{ada.conversation.id}/customer"
    alone = {"HX-Request": "true", "HX-Target": "panel"}

    assert "Erase this person" in ana.get(address, headers=alone).get_text()
    assert "Erase this person" not in ben.get(address, headers=alone).get_text()


def test_the_thread_leaves_room_for_it_and_leads_to_it(
    ben: Browser, ada: Customer
) -> None:
    page = ben.get(f"/conversations/{ada.conversation.id}")

    address = page.select_one("aside#panel")["hx-get"]
    assert page.select_one("a.panel-link")["href"] == address
    assert ben.get(address).select_one(".thread__head a[href$='/customer']") is None


def test_the_name_is_changed_in_place(ben: Browser, ada: Customer) -> None:
    page = ben.submit(panel(ben, ada), ".panel__form", name="Ada Byron")

    assert page.path.endswith("/customer")
    assert ada.conversation.customer.name == "Ada Byron"


def test_saving_what_was_there_changes_nothing(ben: Browser, ada: Customer) -> None:
    ben.submit(panel(ben, ada), FORM)

    assert not everything(select(Audit).where(Audit.act == "details_changed"))


def test_the_zone_is_what_the_number_tells_until_somebody_says(
    ben: Browser, bob: Customer
) -> None:
    page = panel(ben, bob)
    assert "for them · Europe/London" in page.get_text()

    page = ben.submit(page, FORM, time_zone="Asia/Tokyo")

    assert "for them · Asia/Tokyo" in page.get_text()
    page = ben.submit(page, FORM, time_zone="Mars/Phobos", expect=422)
    assert "no such time zone" in page.get_text()
    assert the(select(CustomerRow)).time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("address", ["+120255571427", "22395"])
def test_a_number_of_no_country_has_a_panel_too(
    stage: Stage, ben: Browser, kaleyra_calls: Caller, address: str
) -> None:
    odd = Customer(address, LINE, kaleyra_calls)
    odd.texts("Hi")
    stage.read()

    for headers in ({}, {"HX-Request": "true", "HX-Target": "panel"}):
        page = ben.get(
            f"/conversations/{odd.conversation.id}/customer", headers=headers
        )
        assert "Such as UTC" in page.get_text()


def test_other_lines_are_linked_as_far_as_one_sees_them(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    elsewhere = Customer(ada.number, SHORT_CODE, ada.caller)
    here = ada.conversation.id
    elsewhere.texts("And here")
    stage.read()
    address = f"/conversations/{here}/customer"
    assert len(ben.get(address).select("#panel-sides + ul > li")) == 2

    hide(SHORT_CODE)

    assert len(ana.get(address).select("#panel-sides + ul > li")) == 2
    assert len(ben.get(address).select("#panel-sides + ul > li")) == 1


def hide(line: str) -> None:
    """What is on this line is a team's in which nobody is."""
    from_team = team_of("Billing", "Ana")
    with writing():
        line_id = db.session.scalars(select(Line.id).where(Line.address == line)).one()
        db.session.execute(
            db.text("UPDATE conversation SET team_id = :team WHERE line_id = :line"),
            {"team": from_team, "line": line_id},
        )


def test_an_opt_out_is_said_with_the_text_that_made_it(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    assert "no opt-out known" in panel(ben, ada).get_text()

    ada.texts("Stop please")
    ada.texts("STOP")
    stage.read()

    said = panel(ben, ada).select_one(".panel__stopped")
    assert "“STOP”" in said.get_text()
    assert said.select_one("a")["href"].endswith(f"#message-{ada.messages[-1].id}")


def test_an_opt_out_that_was_reported_says_so(ben: Browser, ada: Customer) -> None:
    here = ada.conversation
    with writing():
        db.session.execute(update(type(here)).values(opted_out_at=here.created_at))

    assert "carrier reported it" in panel(ben, ada).get_text()


def test_past_episodes_lead_to_their_place(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = ben.get(f"/conversations/{ada.conversation.id}")
    ben.submit(page, "form[action*='/closed']")
    first = ada.messages[0].id

    past = panel(ben, ada).select_one("#panel-past + ol")

    assert "Ben Okafor" in past.get_text()
    assert past.select_one("a")["href"].endswith(f"?at={first}#message-{first}")


def test_another_teams_customer_has_no_panel(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))

    panel(ben, ada, expect=404)
    panel(ana, ada)


def test_a_senders_name_tells_no_zone_and_has_a_panel_all_the_same(
    ben: Browser, ada: Customer
) -> None:
    with writing():
        here = CustomerRow.address == ada.number
        db.session.execute(update(CustomerRow).where(here).values(address="AMAZON"))
    ada.number = "AMAZON"

    assert "Not known: the number does not tell" in panel(ben, ada).get_text()
