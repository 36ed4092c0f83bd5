"""Searching all texts: what is found, how it is shown, and what is never shown."""

import re

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.db import db
from conversations.desk import tags
from conversations.desk.finding import people, results
from conversations.models import Conversation
from tests.searching.conftest import index_all
from tests.support.cast import Caller, Customer, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import LINE, Stage
from tests.support.teams import change, give, team_of


def search(browser: Browser, words: str, **fields: str) -> Page:
    return browser.submit(browser.get("/search"), "#search-form", q=words, **fields)


def texts(page: Page) -> list[str]:
    return [each.get_text() for each in page.select(".found__body")]


def test_a_text_is_found_and_opens_at_its_place(ben: Browser, ada: Customer) -> None:
    page = search(ben, "ORDER rea")

    assert texts(page) == ["Hi, is my order ready?"]
    assert [mark.get_text() for mark in page.select("mark")] == ["order", "ready"]
    link = page.select_one(".found__text")["href"]
    thread = ben.get(link)
    assert thread.select_one(f"#message-{ada.messages[0].id}")


def test_the_newest_stand_first_by_conversation(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    ada.texts("Do you deliver on Sunday?")
    stage.read()
    index_all(stage.app)
    ada.texts("You do deliver, I see")
    stage.read()

    page = search(ben, "deliver")

    assert texts(page) == [
        "You do deliver, I see",
        "Do you deliver on Sunday?",
        "Do you deliver to Hackney?",
    ]
    assert len(page.select(".found__group")) == 2


def test_people_are_found_by_any_run_of_digits(ben: Browser, ada: Customer) -> None:
    page = search(ben, "(202) 555")

    assert page.select_one(".found__person")["href"].endswith(
        f"/conversations/{ada.conversation.id}"
    )


@pytest.mark.parametrize(
    "typed",
    ["020 7946 0018", "0044 20 7946 0018", "+44 (0)20 7946 0018", "(020) 7946 00"],
)
def test_people_and_texts_are_found_by_a_number_however_it_is_written(
    stage: Stage, ben: Browser, bob: Customer, typed: str
) -> None:
    written = ["My number is +44 20 7946 0018", "Ring 020 7946 0018"]
    for body in written:
        bob.texts(body)
    stage.read()
    for _ in ("before it is indexed", "after"):
        page = search(ben, typed)
        assert len(page.select(".found__person")) == 1
        assert texts(page) == written[::-1]
        index_all(stage.app)


def test_filters_narrow_and_are_put_away(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "Your order is on its way")

    page = search(ben, "order from:agent")

    assert texts(page) == ["Your order is on its way"]
    assert page.select_one("#q")["value"] == "order"
    page = ben.submit(page, "#search-form", button="From: an agent, remove this filter")
    assert len(texts(page)) == 2


def test_people_are_found_within_a_tag_and_a_line(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    with writing():
        tags.make("orders")
        conversation = db.session.get_one(Conversation, ada.conversation.id)
        tags.add(conversation, "orders")
    line = ada.line.removeprefix("+")

    assert len(search(ben, "0142 tag:orders").select(".found__person")) == 1
    assert len(search(ben, f"0142 line:{line}").select(".found__person")) == 1
    assert not search(ben, "0018 tag:orders").select(".found__person")
    assert not search(ben, "0142 from:customer").select(".found__person")


def test_it_is_said_when_there_are_more_people_than_are_shown(
    stage: Stage, ben: Browser, kaleyra_calls: Caller
) -> None:
    for n in range(people.MOST + 1):
        Customer(f"+1202555017{n}", LINE, kaleyra_calls).texts("Hello")
        stage.read()
        page = search(ben, "555017")
        assert len(page.select(".found__person")) == min(n + 1, people.MOST)
        assert ("And more:" in page.get_text()) == (n == people.MOST)


def test_when_people_could_not_be_looked_through_the_page_says_so(
    ben: Browser, ada: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "SECONDS_FOR_PEOPLE", 0.0)

    said = search(ben, "zzzz").get_text()

    assert "Names and numbers were not looked through to the end" in said
    assert "No text or name" not in said


def test_controls_are_filters_too(stage: Stage, ben: Browser, ada: Customer) -> None:
    we_reply(ada, "Your order is on its way")
    page = ben.get("/search")

    page = ben.submit(page, "#search-form", **{"from": "customer", "q": "order"})

    assert texts(page) == ["Hi, is my order ready?"]
    assert page.select_one("input[name=chip]")["value"] == "from:customer"


def test_what_is_no_filter_is_said(ben: Browser, ada: Customer) -> None:
    assert "“colour:red” is no filter" in search(ben, "colour:red").get_text()
    assert "Write the day as" in search(ben, "before:tomorrow").get_text()
    assert "Nobody here is called so" in search(ben, "by:zed").get_text()


def test_days_and_statuses_narrow(ben: Browser, ada: Customer) -> None:
    reply = we_reply(ada, "Your order is on its way")

    assert texts(search(ben, "order after:2020-01-01 before:2020-02-01")) == []
    assert len(texts(search(ben, "order after:2020-01-01 before:2100-01-01"))) == 2
    assert texts(search(ben, "status:queued")) == [reply.body]
    assert texts(search(ben, "is:failed")) == []


def test_another_teams_texts_are_not_found(
    ana: Browser, ben: Browser, ada: Customer, stage: Stage
) -> None:
    give(ada, team_of("Billing", "Ana"))

    for _ in ("before it is indexed", "after"):
        assert texts(search(ben, "order")) == []
        assert texts(search(ben, "from:customer")) == []
        assert not search(ben, "2025550142").select(".found__person")
        assert texts(search(ana, "order")) == ["Hi, is my order ready?"]
        index_all(stage.app)


def test_who_sees_no_numbers_sees_none_here(ben: Browser, ada: Customer) -> None:
    change("Ben", masked=True)

    page = search(ben, "order")

    assert texts(page)
    assert not re.search(r"555.?0142", page.select_one("#found").get_text())


def test_older_texts_come_page_by_page(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    for n in range(results.PAGE_SIZE + 5):
        ada.texts(f"Parcel {n}")
    stage.read()
    index_all(stage.app)

    page = search(ben, "parcel")

    assert len(texts(page)) == results.PAGE_SIZE
    older = page.select_one("button[name=older]")["value"]
    token = page.select_one("input[name=csrf_token]")["value"]
    form = {"q": "parcel", "older": older, "csrf_token": token}
    rest = Page(ben.client.post("/search", data=form))
    assert texts(rest) == [f"Parcel {n}" for n in (4, 3, 2, 1, 0)]
    assert not rest.select("button[name=older]")


def test_what_a_text_holds_is_never_markup(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("<script>alert(1)</script> \u202egnp.exe parcel <b>")
    stage.read()

    page = search(ben, "parcel")

    assert "<script>alert(1)</script>" in texts(page)[0]
    assert page.select_one(".oddity")


def test_a_long_text_shows_what_was_found(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("before " * 200 + "needle " + "after " * 200)
    stage.read()

    found = texts(search(ben, "needle"))[0]

    assert "needle" in found
    assert len(found) < 300


def test_no_more_than_a_few_search_at_once(ben: Browser, ada: Customer) -> None:
    for _ in range(results.AT_ONCE):
        results.turns.acquire()
    try:
        page = search(ben, "order")
    finally:
        results.turns.release(results.AT_ONCE)

    assert "Too many people search just now" in page.get_text()


def test_a_script_gets_just_what_was_found(ben: Browser, ada: Customer) -> None:
    token = ben.get("/search").select_one("input[name=csrf_token]")["value"]
    headers = {"HX-Request": "true", "HX-Target": "found"}
    form = {"q": "ord", "csrf_token": token}

    answer = ben.client.post("/search", data=form, headers=headers)

    assert answer.text.lstrip().startswith("<")
    assert "<html" not in answer.text
    assert len(texts(Page(answer))) == 1


def test_searching_needs_a_token(ben: Browser, ada: Customer) -> None:
    assert ben.client.post("/search", data={"q": "order"}).status_code == 400


@pytest.fixture
def indexed(stage: Stage, ben: Browser, ada: Customer) -> dict[str, str]:
    """Something is in the index; a form that can be sent, but for its words."""
    index_all(stage.app)
    page = ben.get("/search")
    return {"csrf_token": page.select_one("input[name=csrf_token]")["value"]}


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\"'*():^-+%_&|!<>\\ abNEAROT0123:§", max_size=40),
    st.sampled_from(["before:0001-01-01", "after:9999-12-31", "line:", "tag:\x00"]),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
def test_anything_may_be_typed(
    indexed: dict[str, str], ben: Browser, words: str
) -> None:
    answer = ben.client.post("/search", data=indexed | {"q": words})

    assert answer.status_code == 200


def test_words_stand_in_no_address(app: Flask, ben: Browser, ada: Customer) -> None:
    page = search(ben, "order")

    assert page.url.endswith("/search")
    assert all("order" not in (a["href"]) for a in page.select("#search a[href]"))
