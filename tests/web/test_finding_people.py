"""Finding people by a part of a name or a number, in the search and in the inbox."""

import pytest
from sqlalchemy import insert

from conversations.db import db, utcnow
from conversations.desk import customers, known
from conversations.models import Customer as CustomerRow
from tests.support.cast import Customer, writing
from tests.support.pages import Browser
from tests.web.test_search import search

MANY = known.FEW + 200


def call(customer: Customer, name: str) -> None:
    id = customer.conversation.customer_id
    with writing():
        customers.rename(db.session.get_one(CustomerRow, id), name)


def in_search(browser: Browser, words: str) -> list[str]:
    return [each.get_text() for each in search(browser, words).select(".found__name")]


def in_inbox(browser: Browser, words: str) -> list[str]:
    page = browser.submit(browser.get("/conversations"), q=words)
    return [each.get_text() for each in page.select(".row__name")]


@pytest.mark.parametrize(
    "words", ["Augusta", "UGUS", "ta K", "g", "ki", "o'b", "“n", "李静", "静", "静 \\"]
)
def test_any_part_of_a_name_finds_who_has_it(
    ben: Browser, ada: Customer, bob: Customer, words: str
) -> None:
    call(ada, "Augusta King o'b “n\" 李静 \\")

    for found in (in_search(ben, words), in_inbox(ben, words)):
        assert len(found) == 1
        assert "Augusta" in found[0]


def test_what_stands_apart_in_a_name_is_no_part_of_it(
    ben: Browser, ada: Customer
) -> None:
    call(ada, "Anna Nanni")

    assert in_search(ben, "nnan") == in_inbox(ben, "nnan") == []
    assert len(in_search(ben, "a Nann")) == 1


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(
    ben: Browser, ada: Customer
) -> None:
    call(ada, "Augusta")
    call(ada, "Florence")

    assert len(in_search(ben, "florence")) == len(in_inbox(ben, "loren")) == 1
    assert in_search(ben, "augusta") == in_inbox(ben, "augusta") == []


def test_digits_in_a_name_are_not_looked_for_in_numbers(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(ada, "Room 2")

    assert len(in_inbox(ben, "room 2")) == 1


def test_among_very_many_with_a_name_the_latest_are_shown(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    call(ada, "Robin the first")
    call(bob, "Robin the last")
    namesakes()

    both = ["Robin the last", "Robin the first"]
    assert in_search(ben, "robin") == in_inbox(ben, "robin") == both
    assert in_search(ben, "robin the f") == in_inbox(ben, "n the f") == both[1:]


def namesakes() -> None:
    now, numbers = utcnow(), range(1, MANY + 1)
    people = [
        {
            "address": f"+1202777{number:04}", "digits": f"1202777{number:04}",
            "name": f"Robin {number}", "name_key": f"robin {number}", "created_at": now,
        }
        for number in numbers
    ]  # fmt: skip
    with writing():
        db.session.execute(insert(CustomerRow), people)
