"""What is known of a customer beside their texts: read, changed, never overheard."""

import pytest
from sqlalchemy import select, update

from conversations.db import db
from conversations.models import Audit, CustomerField, CustomerValue, Line
from conversations.models import Customer as CustomerRow
from tests.support.cast import Caller, Customer, everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import LINE, SHORT_CODE, Stage
from tests.support.teams import give, team_of

FORM = ".panel__form:has(#panel-zone)"


def panel(browser: Browser, customer: Customer, expect: int = 200) -> Page:
    address = f"/conversations/{customer.conversation.id}/customer"
    return browser.get(address, expect=expect)


def field(admin: Browser, name: str, kind: str = "text", choices: str = "") -> str:
    """A new field; how forms call it."""
    page = admin.get("/settings/fields")
    typed = {"name": name, "kind": kind, "choices": choices}
    admin.submit(page, "form:has(#new-kind)", **typed)
    found = the(select(CustomerField).where(CustomerField.name == name))
    return f"field-{found.id}"


def stored() -> list[str]:
    return [str(each.value) for each in everything(select(CustomerValue))]


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


@pytest.mark.parametrize(
    ("kind", "choices", "typed", "kept"),
    [
        ("text", "", "Blue folder", "Blue folder"),
        ("number", "", "12,5", "12.5"),
        ("date", "", "2026-11-22", "2026-11-22"),
        ("choice", "Gold\nSilver", "Gold", "Gold"),
    ],
)
def test_a_field_keeps_what_agents_say(
    ana: Browser, ben: Browser, ada: Customer, kind: str, choices: str, typed: str,
    kept: str,
) -> None:  # fmt: skip
    name = field(ana, "Plan", kind, choices)

    page = ben.submit(panel(ben, ada), FORM, **{name: typed})

    assert stored() == [kept]
    assert kept in str(page.select_one(f"[name={name}]"))


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("number", "twelve", "Type a number"),
        ("date", "tomorrow", "Type a date"),
        ("text", "x" * 201, "at most 200"),
    ],
)
def test_what_does_not_do_is_said_beside_its_field(
    ana: Browser, ben: Browser, ada: Customer, kind: str, typed: str, sentence: str
) -> None:
    name = field(ana, "Plan", kind)

    page = ben.submit(panel(ben, ada), FORM, expect=422, **{name: typed})

    assert sentence in page.select_one(".field__error").get_text()
    assert page.select_one(f"[name={name}]")["value"] == typed
    assert not stored()


def test_an_empty_field_is_nothing_and_an_archived_one_is_kept(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    plan, other = field(ana, "Plan"), field(ana, "Other")
    ben.submit(panel(ben, ada), FORM, **{plan: "Gold", other: "x"})
    ben.submit(panel(ben, ada), FORM, **{other: ""})
    page = ana.get("/settings/fields")
    ana.submit(page, page.select("form[action$=archive]")[0])

    assert plan not in str(panel(ben, ada))
    assert stored() == ["Gold"]


def test_the_trail_says_who_changed_which_field_and_never_to_what(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    name = field(ana, "Plan")

    ben.submit(panel(ben, ada), FORM, **{name: "Gold", "time_zone": "Europe/Rome"})

    (row,) = everything(select(Audit).where(Audit.act == "details_changed"))
    assert (row.agent, row.kind) == ("Ben Okafor", "customer")
    assert row.detail == f'{{"fields": [{name[6:]}], "zone": true}}'


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


def test_only_admins_make_fields(ben: Browser) -> None:
    ben.get("/settings/fields", expect=403)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "plan"}, "of this name"),
        ({"name": " "}, "at most 40"),
        ({"name": "Kind", "kind": "choice", "choices": "One"}, "at least two"),
    ],
)
def test_a_field_that_will_not_do_is_refused(
    ana: Browser, typed: dict[str, str], sentence: str
) -> None:
    field(ana, "Plan")
    page = ana.get("/settings/fields")

    page = ana.submit(page, "form:has(#new-kind)", expect=422, **typed)

    assert sentence in page.select_one("#new-error").get_text()


def test_there_are_at_most_twenty_fields(ana: Browser) -> None:
    with writing():
        db.session.add_all(
            CustomerField(name=f"Field {n}", kind="text") for n in range(19)
        )
    field(ana, "The twentieth")

    page = ana.get("/settings/fields")
    page = ana.submit(page, "form:has(#new-kind)", expect=422, name="One more")

    assert "20 fields" in page.get_text()


def test_a_field_can_be_renamed(ana: Browser) -> None:
    field(ana, "Plan")
    page = ana.get("/settings/fields")

    ana.submit(page, page.select_one("form[action$='/name']"), name="Tariff")

    assert the(select(CustomerField)).name == "Tariff"


def test_two_who_change_different_things_keep_both(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    plan, folder = field(ana, "Plan"), field(ana, "Folder")
    mine, theirs = panel(ben, ada), panel(ana, ada)

    ana.submit(theirs, FORM, **{plan: "Gold", "time_zone": "Asia/Tokyo"})
    ben.submit(mine, FORM, **{folder: "Blue"})

    assert sorted(stored()) == ["Blue", "Gold"]
    assert the(select(CustomerRow)).time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("what", ["plan", "time_zone"])
def test_of_two_who_change_the_same_the_second_is_told(
    ana: Browser, ben: Browser, ada: Customer, what: str
) -> None:
    plan = field(ana, "Plan")
    name = plan if what == "plan" else what
    mine, theirs = panel(ben, ada), panel(ana, ada)
    ana.submit(theirs, FORM, **{name: "Asia/Tokyo"})

    page = ben.submit(mine, FORM, expect=409, **{name: "Europe/Rome"})

    assert "Somebody else changed" in page.select_one("[role=alert]").get_text()
    assert page.select_one(f"[name={name}]")["value"] == "Asia/Tokyo"
    assert "Europe/Rome" not in stored()


def test_a_senders_name_tells_no_zone_and_has_a_panel_all_the_same(
    ben: Browser, ada: Customer
) -> None:
    with writing():
        here = CustomerRow.address == ada.number
        db.session.execute(update(CustomerRow).where(here).values(address="AMAZON"))
    ada.number = "AMAZON"

    assert "Not known: the number does not tell" in panel(ben, ada).get_text()
