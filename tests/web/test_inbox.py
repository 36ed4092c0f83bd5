"""The inbox: what each row says, finding, and paging."""

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from conversations.db import db, utcnow
from conversations.desk import accounts
from conversations.models import Conversation, Line
from conversations.models import Customer as CustomerRow
from conversations.texting.status import Status
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.conftest import PASSWORD, signed_in
from tests.web.html import squeezed


def row(page: Page, customer: Customer) -> Page:
    return page.select_one(f"#conversation-{customer.conversation.id}")


def test_the_latest_activity_comes_first(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    ada.texts("One more thing")
    stage.read()

    rows = ben.get("/conversations").select(".row")

    assert [r["id"] for r in rows] == [
        f"conversation-{c.conversation.id}" for c in (ada, bob)
    ]


def test_a_row_says_who_when_and_what(ben: Browser, ada: Customer) -> None:
    shown = row(ben.get("/conversations"), ada)

    assert shown.select_one(".row__name").get_text() == "+1 202-555-0142"
    assert "Hi, is my order ready?" in shown.select_one(".row__preview").get_text()
    assert shown.select_one("time").get_text() == "now"
    assert shown.select_one("time")["datetime"] in shown.select_one("time").decode()
    assert str(utcnow().year) in shown.select_one("time")["title"]
    assert "Unread" in shown.get_text()


def test_a_row_says_who_of_us_spoke_last(ben: Browser, ada: Customer) -> None:
    thread = ben.get(f"/conversations/{ada.conversation.id}")
    ben.submit(thread, body="It is")
    assert row(ben.get("/conversations"), ada).get_text().count("You:") == 1

    we_reply(ada, "Since nine")

    assert "Ana:" in row(ben.get("/conversations"), ada).get_text()


def test_reading_is_each_agents_own(ana: Browser, ben: Browser, ada: Customer) -> None:
    ben.submit(ben.get(f"/conversations/{ada.conversation.id}"), button="Mark as read")

    assert "Unread" not in row(ben.get("/conversations"), ada).get_text()
    assert "Unread" in row(ana.get("/conversations"), ada).get_text()


def test_the_title_counts_what_is_unread(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    title = ben.get("/conversations").title.get_text()

    assert title == "(2) Conversations · Parley"


def test_a_row_flags_a_text_that_did_not_get_through(
    ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "It is")

    for status, words in (
        (Status.FAILED, "Last text failed"),
        (Status.UNDELIVERED, "Last text not delivered"),
        (Status.UNCONFIRMED, "Last text not confirmed"),
    ):
        with writing():
            there = db.session.get_one(Conversation, ada.conversation.id)
            there.last_outbound_status = status
        assert words in row(ben.get("/conversations"), ada).get_text()


def test_a_row_says_that_a_customer_opted_out(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("STOP")
    stage.read()

    assert "Opted out" in row(ben.get("/conversations"), ada).get_text()


def test_a_text_that_failed_is_said_even_of_who_opted_out(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    with writing():
        values = {"last_outbound_status": Status.FAILED}
        db.session.execute(update(Conversation).values(values))
    ada.texts("STOP")
    stage.read()

    marks = row(ben.get("/conversations"), ada).select(".row__marks .mark")

    assert [mark.get_text().strip() for mark in marks][:2] == [
        "Last text failed",
        "Opted out",
    ]


def test_a_row_names_the_line_because_there_are_two(
    ben: Browser, ada: Customer
) -> None:
    assert "+1 202-555-0100" in row(ben.get("/conversations"), ada).get_text()


def test_one_finds_by_name_or_by_any_digits(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    name(ada, "Ada Lovelace")
    page = ben.get("/conversations")

    for words, found in (("lOVE", ada), ("7946 00", bob), ("(555) 01", ada)):
        shown = ben.submit(page, q=words).select(".row")
        assert [r["id"] for r in shown] == [f"conversation-{found.conversation.id}"]


@pytest.mark.parametrize(
    "typed", ["020 7946 0018", "0044 20 7946", "+44 (0)20 7946 0018"]
)
def test_one_finds_a_number_as_it_is_dialled(
    ben: Browser, ada: Customer, bob: Customer, typed: str
) -> None:
    shown = ben.submit(ben.get("/conversations"), q=typed).select(".row")

    assert [r["id"] for r in shown] == [f"conversation-{bob.conversation.id}"]


def test_finding_nobody_shows_what_was_sought_and_how_to_clear_it(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(ben.get("/conversations"), q="<zzz>")

    assert "No name or number matches “<zzz>”." in page.get_text()
    assert ben.follow(page, "Clear the search").select(".row")


def test_a_search_survives_characters_no_database_holds(
    ben: Browser, ada: Customer
) -> None:
    page = ben.get("/conversations", query_string={"q": "\x00%_'\\"})

    assert "Nobody found" in page.get_text()


def test_an_empty_inbox_names_the_numbers_to_text(ben: Browser) -> None:
    text = ben.get("/conversations").get_text(" ", strip=True)

    assert "+1 202-555-0100" in text
    assert "56161" in text


def test_older_conversations_come_page_by_page(stage: Stage, ben: Browser) -> None:
    make_conversations(90)

    page, seen = ben.get("/conversations"), []
    for _ in range(3):
        seen += [r["id"] for r in page.select(".row")]
        if page.select_one(".rows__older"):
            page = ben.follow(page, "Older conversations")

    assert len(seen) == len(set(seen)) == 90
    assert not page.select_one(".rows__older")


def test_a_row_alone_is_the_row_of_the_page(ben: Browser, ada: Customer) -> None:
    whole = row(ben.get("/conversations"), ada)

    alone = ben.fragment(f"/conversations/{ada.conversation.id}/row")

    listed = ben.fragment("/conversations/list")
    assert squeezed(alone.select_one(".row")) == squeezed(whole)
    assert squeezed(listed.select_one(".row")) == squeezed(whole)


def test_there_is_no_row_of_a_conversation_that_does_not_exist(ben: Browser) -> None:
    ben.get("/conversations/4711/row", expect=404)
    ben.get(f"/conversations/{10**30}/row", expect=404)


def name(customer: Customer, words: str) -> None:
    with writing():
        who = db.session.get_one(CustomerRow, customer.conversation.customer_id)
        who.rename(words)


def make_conversations(count: int) -> None:
    with writing():
        customers = [
            {"address": f"+1202556{n:04}", "digits": f"1202556{n:04}", "id": n + 1}
            for n in range(count)
        ]
        db.session.execute(insert(CustomerRow), customers)
        line = the(select(Line.id).limit(1))
        shown = {"line_id": line, "preview": "Hi", "last_message_at": utcnow()}
        db.session.execute(
            insert(Conversation),
            [
                shown | {"customer_id": n + 1, "last_message_id": n + 1}
                for n in range(count)
            ],
        )


def test_what_was_there_before_an_agent_counts_as_read(
    stage: Stage, app: Flask, ada: Customer, bob: Customer
) -> None:
    ben = signed_in(app, "Ben Okafor", "agent")
    page = ben.get("/conversations")
    assert not page.select(".row--unread")

    ada.texts("One more thing")
    stage.read()

    page = ben.get("/conversations")
    assert [r["id"] for r in page.select(".row--unread")] == [
        f"conversation-{ada.conversation.id}"
    ]
    thread = ben.get(f"/conversations/{ada.conversation.id}")
    new = thread.select_one("#new-since").find_next_sibling("li")
    assert "One more thing" in new.get_text()
    ben.submit(thread, button="Mark as read")
    assert not ben.get("/conversations").select(".row--unread")


def test_an_agent_with_the_same_name_is_not_you(
    app: Flask, ben: Browser, ada: Customer
) -> None:
    with writing():
        address, name = "other@example.com", "Ben Okafor"
        accounts.create_agent(address, name, "agent", PASSWORD)
    other = Browser(app.test_client())
    other.sign_in(address, PASSWORD)

    other.submit(other.get(f"/conversations/{ada.conversation.id}"), body="It is")

    assert "You:" in row(other.get("/conversations"), ada).get_text()
    assert "Ben:" in row(ben.get("/conversations"), ada).get_text()
