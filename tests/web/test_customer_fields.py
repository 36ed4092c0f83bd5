"""What admins ask to know of customers: kept, changed, never overheard."""

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.models import Audit, CustomerField
from conversations.models import Customer as CustomerRow
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser
from tests.web.panel_page import FORM, field, panel, stored


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
