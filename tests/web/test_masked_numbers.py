"""An agent to whom numbers are masked sees their last digits and no more, anywhere."""

import re

import pytest
from flask import Flask

from conversations.texting import phone
from tests.support.cast import Caller, Customer
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage
from tests.support.teams import change
from tests.web import routes
from tests.web.test_visibility import ids

TELLING = re.compile(r"555.?0187")


@pytest.fixture
def eve(stage: Stage, kaleyra_calls: Caller) -> Customer:
    """A customer whose number stands in no example on our pages."""
    customer = Customer("+12025550187", LINE, kaleyra_calls)
    customer.texts("Is anybody there?")
    stage.read()
    return customer


@pytest.fixture
def masked(ben: Browser, eve: Customer) -> Browser:
    """Ben, who sees only the ends of numbers."""
    change("Ben", masked=True)
    return ben


def test_no_page_or_fragment_has_the_number(
    stage: Stage, app: Flask, masked: Browser, eve: Customer
) -> None:
    eve.texts("STOP")
    stage.read()
    walked = [*routes.addresses(app, "GET", **ids(eve)), *routes.plain(app)]

    for address in walked:
        answer = masked.client.get(address, follow_redirects=True)
        assert not TELLING.search(answer.text), address


def test_its_last_digits_tell_customers_apart(masked: Browser, eve: Customer) -> None:
    assert "•••• 0187" in masked.get("/conversations").get_text()
    thread = masked.get(f"/conversations/{eve.conversation.id}")
    assert thread.select_one("h1").get_text() == "•••• 0187"


def test_a_customer_with_a_name_is_called_by_it(masked: Browser, eve: Customer) -> None:
    thread = masked.get(f"/conversations/{eve.conversation.id}")
    thread = masked.submit(thread, "form.naming__form", name="Eve Moneypenny")

    assert thread.select_one("h1").get_text() == "Eve Moneypenny"
    assert "•••• 0187" in thread.select_one(".thread__head").get_text()


@pytest.mark.parametrize(
    "known", ["+1 202 555 0187", "12025550187", "0012025550187", "0187"]
)
def test_whoever_knows_the_number_finds_it(
    masked: Browser, eve: Customer, known: str
) -> None:
    page = masked.get("/conversations", query_string={"q": known})

    assert len(page.select(".row")) == 1


@pytest.mark.parametrize(
    "guess",
    ["50187", "1202", "202555", "142", "2", "5501", "02025550187", "+1 25550187"],
)
def test_nobody_guesses_a_number_digit_by_digit(
    masked: Browser, eve: Customer, guess: str
) -> None:
    page = masked.get("/conversations", query_string={"q": guess})

    assert not page.select(".row")


def test_admins_see_whole_numbers(ana: Browser, eve: Customer) -> None:
    change("Ana", masked=True)

    assert "+1 202-555-0187" in ana.get("/conversations").get_text()


@pytest.mark.parametrize(
    ("address", "shown"),
    [("+12025550187", "•••• 0187"), ("56161", "•••• 61"), ("KLRHXA", "KLRHXA")],
)
def test_short_codes_show_two_digits_and_names_are_no_numbers(
    address: str, shown: str
) -> None:
    assert phone.ending(address) == shown
