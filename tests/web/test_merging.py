"""One person with two numbers: merged, read in order, separated; no reply astray."""

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.desk import customers
from conversations.desk.audit import noting
from conversations.models import Audit, CustomerMerge, Message
from conversations.models import Customer as CustomerRow
from tests.support.cast import Customer, everything, now, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import give, team_of


def row(customer: Customer) -> CustomerRow:
    return the(select(CustomerRow).where(CustomerRow.address == customer.number))


def call(customer: Customer, name: str) -> None:
    with writing():
        customers.rename(db.session.get_one(CustomerRow, row(customer).id), name)


def preview(
    browser: Browser, one: Customer, other: Customer, expect: int = 200
) -> Page:
    address = f"/customers/{row(one).id}/merging/{row(other).id}"
    return browser.get(address, expect=expect)


def merge(browser: Browser, one: Customer, other: Customer) -> Page:
    return browser.submit(preview(browser, one, other), button="Merge them")


def separate(browser: Browser, customer: Customer) -> Page:
    page = panel(browser, customer)
    return browser.submit(page, "form[action$=separation]")


def panel(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}/customer")


def test_the_other_one_is_found_by_name_or_number(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(bob, "Bob Hackney")
    page = ben.follow(panel(ben, ada), "Merge with another number")

    for words in ("hackney", "7946 0018"):
        found = ben.submit(page, "form[role=search]", q=words)
        assert "Bob Hackney" in found.select_one("#found + ul").get_text()
    assert (
        "Nobody else" in ben.submit(page, "form[role=search]", q="5550142").get_text()
    )


def test_the_preview_says_what_will_happen_and_does_nothing(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(bob, "Bob")

    words = preview(ben, ada, bob).get_text()

    assert "A reply goes to the number of its thread" in words
    assert "Bob" in words
    assert not everything(select(CustomerMerge))


def test_merged_they_are_called_the_same_and_show_both_numbers(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(ada, "Ada Byron")
    merge(ben, ada, bob)

    assert row(bob).name == "Ada Byron"
    for each in (ada, bob):
        shown = panel(ben, each).select_one("#panel").get_text()
        assert "+44 20 7946 0018" in shown
        assert "+1 202-555-0142" in shown


def test_all_that_was_said_stands_in_order_with_its_thread(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = merge(ben, ada, bob)
    ada.texts("Me again")
    stage.read()

    page = ben.get(page.path)

    said = [each.get_text() for each in page.select(".timeline__body")]
    assert said == ["Hi, is my order ready?", "Do you deliver to Hackney?", "Me again"]
    last = page.select(".timeline__who a")[-1]
    assert f"/conversations/{ada.conversation.id}?" in last["href"]
    assert not page.select("textarea")


def test_without_a_name_each_text_is_of_its_own_number(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    facts = preview(ben, ada, bob).select_one(".facts").get_text()
    page = merge(ben, ada, bob)

    assert facts.count("+44 20 7946 0018") == 1
    last = page.select(".timeline__who")[-1].get_text()
    assert "+44 20 7946 0018" in last
    assert "+1 202-555-0142" not in last


def test_a_reply_goes_to_the_number_of_its_thread(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    merge(ben, ada, bob)
    page = ben.get(f"/conversations/{bob.conversation.id}")
    assert "To +44 20 7946 0018" in page.select_one(".composer__to").get_text()

    ben.submit(page, ".composer__form", body="Yes")

    assert bob.messages[-1].body == "Yes"
    assert len(ada.messages) == 1


def test_separated_both_have_what_they_had(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(bob, "Bob")
    before = [vars_of(row(each)) for each in (ada, bob)]
    messages = len(everything(select(Message)))
    merge(ben, ada, bob)
    assert row(ada).name == "Bob"

    separate(ben, bob)

    assert [vars_of(row(each)) for each in (ada, bob)] == before
    assert len(everything(select(Message))) == messages
    assert the(select(CustomerMerge)).undone_at


def vars_of(customer: CustomerRow) -> tuple[object, ...]:
    return (
        customer.name,
        customer.name_key,
        customer.time_zone,
        customer.merged_into_id,
    )


def test_a_new_name_is_the_persons_and_stays_with_the_one_that_is_kept(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(ada, "Ada")
    call(bob, "Bob")
    merge(ben, ada, bob)
    ben.submit(panel(ben, bob), ".panel__form", name="Ada Lovelace")
    assert row(ada).name == row(bob).name == "Ada Lovelace"

    separate(ben, bob)

    assert (row(ada).name, row(bob).name) == ("Ada Lovelace", "Bob")


def test_the_same_two_are_not_merged_twice(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = preview(ben, ada, bob)
    ben.submit(page, button="Merge them")

    page = ben.submit(page, button="Merge them", expect=409)

    assert "same person already" in page.get_text()
    assert len(everything(select(CustomerMerge))) == 1
    assert "same person" in preview(ben, bob, ada).get_text()


def test_who_has_several_numbers_is_not_joined_to_another(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    eve = Customer("+12025550177", ada.line, ada.caller)
    eve.texts("And me")
    stage.read()
    merge(ben, ada, bob)

    assert "several numbers" in preview(ben, eve, ada).get_text()
    assert "several numbers" in preview(ben, eve, bob).get_text()
    merge(ben, bob, eve)
    assert row(eve).merged_into_id == row(ada).id


def test_the_trail_says_who_merged_and_separated_whom(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    merge(ben, ada, bob)
    separate(ben, bob)

    both = Audit.act.in_(("merged", "separated"))
    acts = select(Audit).where(both).order_by(Audit.id)
    found = [(each.act, each.subject_id, each.detail) for each in everything(acts)]
    said = f'{{"joined": {row(bob).id}}}'
    assert found == [
        ("merged", row(ada).id, said),
        ("separated", row(ada).id, said),
    ]


@pytest.mark.parametrize("path", ["merging", "timeline"])
def test_whom_one_may_not_see_is_neither_merged_nor_read(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer, path: str
) -> None:
    give(bob, team_of("Billing", "Ana"))

    ben.get(f"/customers/{row(bob).id}/{path}", expect=404)
    preview(ben, ada, bob, expect=404)
    preview(ben, bob, ada, expect=404)
    search = ben.get(f"/customers/{row(ada).id}/merging?q=79460018")
    assert "Nobody else" in search.get_text()


def test_of_a_merged_person_one_reads_only_what_one_may_see(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    merge(ana, ada, bob)
    give(bob, team_of("Billing", "Ana"))

    page = ben.get(f"/customers/{row(ada).id}/timeline")

    assert "Hackney" not in page.get_text()
    assert "7946" not in panel(ben, ada).get_text()
    assert "Hackney" in ana.get(f"/customers/{row(ada).id}/timeline").get_text()
    assert now(ada.messages[0]).body in page.get_text()


def test_who_may_not_see_the_one_that_is_kept_changes_nothing(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    eve = Customer("+12025550177", ada.line, ada.caller)
    eve.texts("And me")
    stage.read()
    merge(ana, ada, bob)
    apart, joining = panel(ben, bob), preview(ben, bob, eve)
    give(ada, team_of("Billing", "Ana"))

    ben.submit(apart, "form[action$=separation]", expect=404)
    ben.submit(joining, button="Merge them", expect=404)

    assert row(bob).merged_into_id == row(ada).id
    assert row(eve).merged_into_id is None


def test_the_trail_says_whose_texts_were_read_together(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    noting.seen.keys.clear()

    merge(ben, ada, bob)

    opened = select(Audit.subject_id).where(Audit.act == "opened")
    both = {each.conversation.id for each in (ada, bob)}
    assert both <= set(everything(opened))


def test_a_zone_is_the_persons_until_they_are_separated(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    ben.submit(panel(ben, bob), ".panel__form:has(#panel-zone)", time_zone="Asia/Tokyo")

    merge(ben, ada, bob)
    assert row(ada).time_zone == row(bob).time_zone == "Asia/Tokyo"

    separate(ben, bob)
    assert (row(ada).time_zone, row(bob).time_zone) == (None, "Asia/Tokyo")


def test_separating_one_of_three_leaves_the_others_called_the_same(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    eve = Customer("+12025550177", ada.line, ada.caller)
    eve.texts("And me")
    stage.read()
    call(eve, "Eve")
    merge(ben, ada, bob)
    merge(ben, ada, eve)
    assert row(bob).name == "Eve"

    separate(ben, eve)

    assert (row(ada).name, row(bob).name, row(eve).name) == (None, None, "Eve")
