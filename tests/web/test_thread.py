"""The thread: what each message says, and where it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Customer as CustomerRow
from conversations.models import Message
from conversations.texting.status import Status
from tests.support.cast import Customer, now, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.html import squeezed


def thread(browser: Browser, customer: Customer, query: str = "") -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}{query}")


def change(message: Message, **values: object) -> None:
    with writing():
        this = Message.id == message.id
        db.session.execute(update(Message).where(this).values(**values))


def test_theirs_stand_on_one_side_and_ours_on_the_other(
    ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "It is")

    theirs, ours = thread(ben, ada).select(".message")

    assert "message--in" in theirs["class"]
    assert "message--out" in ours["class"]
    assert "Ana" in ours.select_one(".message__author").get_text()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SCHEDULED, "Scheduled"),
        (Status.QUEUED, "Waiting to be sent"),
        (Status.SENDING, "Sending"),
        (Status.ACCEPTED, "Accepted by Kaleyra"),
        (Status.SENT, "Sent"),
        (Status.DELIVERED, "Delivered"),
        (Status.UNDELIVERED, "Not delivered"),
        (Status.FAILED, "Failed"),
        (Status.UNCONFIRMED, "Not confirmed — may have arrived"),
        (Status.CANCELLED, "Cancelled"),
    ],
)
def test_every_status_is_said_in_words(
    ben: Browser, ada: Customer, status: Status, words: str
) -> None:
    change(we_reply(ada, "It is"), status=status)

    shown = thread(ben, ada).select_one(".message--out .mark").get_text(strip=True)

    assert shown == words


def test_a_long_text_with_a_gap_says_so(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("", id="long", **{"parts[2]": "the station"})
    stage.read()
    shown = thread(ben, ada).select(".message--in")[-1].get_text()
    assert "A part of this text is still missing." in shown

    ada.texts("", id="long", **{"parts[1]": "I am at "})
    stage.read()

    assert "missing" not in thread(ben, ada).select(".message--in")[-1].get_text()


def test_days_are_separated_and_named(ben: Browser, ada: Customer) -> None:
    change(ada.messages[0], created_at=utcnow() - timedelta(days=1))
    we_reply(ada, "It is")
    we_reply(ada, "Come by")

    messages = thread(ben, ada).select(".message")

    assert ["message--new-day" in m["class"] for m in messages] == [True, True, False]
    days = [m.select_one(".message__day").get_text() for m in messages]
    assert days == ["Yesterday", "Today", "Today"]


def test_what_one_writes_within_minutes_is_one_cluster(
    ben: Browser, ada: Customer
) -> None:
    sent = [we_reply(ada, body) for body in ("One", "Two", "Three")]
    change(sent[2], created_at=utcnow() + timedelta(minutes=9))

    continues = [
        "message--continues" in m["class"] for m in thread(ben, ada).select(".message")
    ]

    assert continues == [False, False, True, False]


def test_the_line_stands_before_the_first_text_the_agent_has_not_seen(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), button="Mark as read")
    we_reply(ada, "It is")
    ada.texts("Great")
    ada.texts("On my way")
    stage.read()

    page = thread(ben, ada)

    following = page.select_one("#new-since").find_next_sibling("li")
    assert following["id"] == f"message-{ada.messages[-2].id}"
    ben.submit(page, button="Mark as read")
    assert not thread(ben, ada).select_one("#new-since")


def test_whoever_was_never_here_sees_no_line(ben: Browser, ada: Customer) -> None:
    assert not thread(ben, ada).select_one("#new-since")


def test_a_long_text_says_how_many_it_was(ben: Browser, ada: Customer) -> None:
    we_reply(ada, "x" * 161)

    assert "2 SMS" in thread(ben, ada).select_one(".message--out").get_text()


def test_opting_out_and_in_is_said_in_the_thread_and_closes_the_composer(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("Stop.")
    stage.read()

    page = thread(ben, ada)
    assert "opted out of texts" in page.select_one("#messages").get_text()
    assert not page.select_one("textarea[name=body]")
    assert "START" in page.select_one("#composer").get_text()

    ada.texts("start")
    stage.read()
    page = thread(ben, ada)
    assert "opted in again" in page.select_one("#messages").get_text()
    assert page.select_one("textarea[name=body]")


def test_older_messages_come_page_by_page(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    for n in range(119):
        ada.texts(f"Text {n}")
    stage.read()

    page, seen = thread(ben, ada), []
    for _ in range(3):
        seen = [m["data-id"] for m in page.select(".message")] + seen
        if page.select_one("#older"):
            page = ben.follow(page, "Older messages")

    assert seen == [str(message.id) for message in ada.messages]
    latest = ben.follow(page, "To the latest").select(".message")
    assert latest[-1]["data-id"] == seen[-1]


def test_a_message_has_an_address_of_its_own_with_its_neighbours(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    for n in range(119):
        ada.texts(f"Text {n}")
    stage.read()
    ids = [message.id for message in ada.messages]

    page = ben.get(f"/messages/{ids[50]}")

    shown = [int(m["data-id"]) for m in page.select(".message")]
    assert page.url.endswith(f"?at={ids[50]}")
    assert page.select_one(f"#message-{ids[50]}")
    assert shown == ids[31:71]
    newer = ben.follow(page, "Newer messages")
    assert [int(m["data-id"]) for m in newer.select(".message")] == ids[71:]
    oldest = ben.get(f"/messages/{ids[0]}").select_one(".message")
    assert int(oldest["data-id"]) == ids[0]


def test_messages_alone_are_those_of_the_page(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    we_reply(ada, "It is")
    ada.texts("Great")
    stage.read()
    whole = {m["id"]: squeezed(m) for m in thread(ben, ada).select(".message")}
    first, *_, last = (message.id for message in ada.messages)
    base = f"/conversations/{ada.conversation.id}/messages"

    for query, count in ((f"ids={first},{last}", 2), (f"after={first}", 2),
                         (f"before={last}", 2), ("", 3)):  # fmt: skip
        some = ben.fragment(f"{base}?{query}").select(".message")
        assert len(some) == count
        assert all(squeezed(m) == whole[m["id"]] for m in some)


def test_messages_of_another_conversation_are_not_shown_in_this_one(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    theirs = bob.messages[0].id

    some = ben.fragment(f"/conversations/{ada.conversation.id}/messages?ids={theirs}")

    assert not some.select(".message")


def test_what_is_not_there_is_not_found(ben: Browser) -> None:
    for path in ("/conversations/4711", f"/conversations/{10**30}", "/messages/4711"):
        ben.get(path, expect=404)


def test_naming_a_customer_shows_the_name_everywhere(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), ".naming__form", name=" Ada \x00Lovelace ")

    assert page.h1.get_text() == "Ada \ufffdLovelace"
    ben.submit(page, ".naming__form", name="Ada")
    assert "Ada" in ben.get("/conversations").select_one(".row__name").get_text()
    ben.submit(page, ".naming__form", name="")
    assert thread(ben, ada).h1.get_text() == "+1 202-555-0142"
    assert the(select(CustomerRow)).name is None


def test_a_mark_never_runs_ahead_of_the_thread(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    page.select_one(".thread__mark [name=message]")["value"] = str(10**12)
    ben.submit(page, ".thread__mark")
    ada.texts("Another")
    stage.read()

    assert thread(ben, ada).select_one("#new-since")
    assert now(ada.messages[-1]).body == "Another"


def test_a_text_that_came_twice_is_shown_once_and_says_so(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("See you at 5")
    ada.texts("See you at 5")
    stage.read()

    (twice,) = thread(ben, ada).select(".message--repeat")

    assert "Received twice" in twice.select_one("summary").get_text()
    assert "See you at 5" in twice.select_one("details").get_text()
