"""Answering: stored once, refused in words, tried again honestly."""

import pytest
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.models import Line, Message
from conversations.texting.status import Status
from tests.support.cast import Customer, we_reply, writing
from tests.support.forms import find_form, submission
from tests.support.pages import Browser, Page
from tests.support.stage import Stage


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def bodies(customer: Customer) -> list[str]:
    return [message.body for message in customer.messages]


def test_a_reply_is_stored_in_the_agents_name_and_waits_to_be_sent(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), body="See you at six")

    newest = ada.messages[-1]
    assert (newest.body, newest.status) == ("See you at six", Status.QUEUED)
    assert newest.author == "Ben Okafor"
    assert page.select(".message")[-1]["id"] == f"message-{newest.id}"
    assert page.select_one("textarea[name=body]").get_text(strip=True) == ""


def test_the_same_form_sent_twice_is_one_text(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)

    ben.submit(page, body="Once")
    ben.submit(page, body="Once")

    assert bodies(ada).count("Once") == 1


def test_going_back_and_correcting_the_text_sends_another(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)

    ben.submit(page, body="At six")
    ben.submit(page, body="At seven")

    assert bodies(ada)[-2:] == ["At six", "At seven"]


def test_two_agents_who_write_the_same_both_send_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    ana.submit(thread(ana, ada), body="Yes")
    ben.submit(thread(ben, ada), body="Yes")

    assert bodies(ada).count("Yes") == 2


def test_line_breaks_are_those_of_a_phone(ben: Browser, ada: Customer) -> None:
    ben.submit(thread(ben, ada), body="One\nTwo")

    assert bodies(ada)[-1] == "One\nTwo"


def test_replying_marks_the_thread_as_read(ben: Browser, ada: Customer) -> None:
    ben.submit(thread(ben, ada), body="Here")

    assert "Unread" not in ben.get("/conversations").select_one(".row").get_text()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("  \n ", "Write a message before sending."),
        ("x" * 4001, "longer than 4000 characters"),
    ],
)
def test_a_text_that_will_not_do_is_refused_and_kept(
    ben: Browser, ada: Customer, body: str, sentence: str
) -> None:
    page = ben.submit(thread(ben, ada), body=body, expect=422)

    assert sentence in page.select_one("#problem").get_text()
    assert page.select_one("textarea[name=body]").get_text().strip() == body.strip()
    assert len(ada.messages) == 1


def test_a_page_from_before_the_opt_out_cannot_send_and_keeps_the_text(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ada.texts("STOP")
    stage.read()

    page = ben.submit(page, body="One more offer", expect=422)

    assert "opted out" in page.select_one("#composer").get_text()
    assert page.select_one("#unsent").get_text().strip() == "One more offer"
    assert "One more offer" not in bodies(ada)


def test_a_script_gets_the_new_message_alone(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    request = submission(page, find_form(page, ["body"]), {"body": "Yes"}).request

    piece = ben._open(201, headers={"HX-Request": "true"}, **request)

    (message,) = piece.select(".message")
    assert message["data-id"] == str(ada.messages[-1].id)
    assert not piece.select("html")


def test_a_script_is_refused_with_the_composer_alone(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    request = submission(page, find_form(page, ["body"]), {"body": " "}).request

    piece = ben._open(422, headers={"HX-Request": "true"}, **request)

    assert "Write a message" in piece.select_one("reply-composer #problem").get_text()


def test_a_forged_form_sends_nothing_and_says_what_to_do(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    page.select_one(".composer__form [name=csrf_token]")["value"] = "forged"

    page = ben.submit(page, body="Keep this", expect=400)

    assert "This page had grown old" in page.get_text()
    assert page.select_one("#kept").get_text().strip() == "Keep this"
    assert len(ada.messages) == 1


def test_typed_text_survives_a_sign_in_that_has_ended(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ben.client.delete_cookie("parley_session")

    page = ben.submit(page, body="Keep this", expect=401)

    assert page.select_one("#kept").get_text().strip() == "Keep this"


def failed(
    customer: Customer,
    status: Status = Status.FAILED,
    why: str = "The number is not in use.",
) -> Message:
    message = we_reply(customer, "It is ready")
    with writing():
        values = {"status": status, "failure_text": why}
        this = Message.id == message.id
        db.session.execute(update(Message).where(this).values(**values))
    return message


def test_a_failed_text_says_why_and_can_be_tried_again_once(
    ben: Browser, ada: Customer
) -> None:
    old = failed(ada)
    page = thread(ben, ada)
    assert "The number is not in use." in page.select_one(".message--out").get_text()

    after = ben.submit(page, ".retry")
    ben.submit(page, ".retry")

    new = ada.messages[-1]
    assert (new.body, new.retry_of_id, new.author) == (old.body, old.id, "Ben Okafor")
    assert len(ada.messages) == 3
    first, second = after.select(".message--out")
    assert first.select_one(f"a[href='/messages/{new.id}']")
    assert second.select_one(f"a[href='/messages/{old.id}']")
    assert not first.select_one(".retry")


def trouble(ben: Browser, ada: Customer) -> Page:
    return thread(ben, ada).select_one(".message--out .message__trouble")


def test_what_would_fail_again_says_what_to_do_instead_of_trying(
    ben: Browser, ada: Customer
) -> None:
    failed(ada, Status.UNDELIVERED, "The operator bars texts to this number.")

    shown = trouble(ben, ada)

    assert "bars texts to this number. Reach them another way." in shown.get_text()
    assert not shown.select_one(".retry")


def test_what_may_pass_says_to_wait_and_can_be_tried_again(
    ben: Browser, ada: Customer
) -> None:
    failed(ada, Status.UNDELIVERED, "The phone was busy.")

    shown = trouble(ben, ada)

    assert "was busy. Wait a while, then send it again." in shown.get_text()
    assert shown.select_one(".retry")


def test_trying_again_what_may_have_arrived_comes_with_a_warning(
    ben: Browser, ada: Customer
) -> None:
    failed(ada, Status.UNCONFIRMED)

    shown = thread(ben, ada).select_one(".message--out").get_text()

    assert "can text the customer twice" in shown


def test_a_text_that_got_through_cannot_be_tried_again(
    ben: Browser, ada: Customer
) -> None:
    failed(ada)
    page = thread(ben, ada)
    with writing():
        db.session.execute(update(Message).values(status=Status.DELIVERED))

    page = ben.submit(page, ".retry", expect=422)

    assert "Meanwhile a report came: this text was delivered." in page.get_text()
    assert len(ada.messages) == 2


def test_a_paused_line_is_said_on_every_page_and_texts_wait(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    with writing():
        values = {"paused_at": utcnow(), "pause_reason": "Kaleyra refused our key."}
        here = Line.address == ada.line
        db.session.execute(update(Line).where(here).values(**values))

    page = thread(ben, ada)
    assert "Kaleyra refused our key." in page.select_one("#notices").get_text()
    assert "Texts wait until an admin resumes" in page.select_one("#notices").get_text()
    assert not page.select_one("#notices a")
    ben.submit(page, body="Queue this")
    assert ada.messages[-1].status == Status.QUEUED
    assert ana.get("/profile").select_one("#notices a[href='/lines']")


def test_without_a_script_one_click_makes_the_letters_simple(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), body="Fill {x} It\u2019s", expect=422)

    page = ben.submit(page, ".composer__form", button="Use simple letters")

    assert page.select_one("#body").get_text().strip() == "Fill {x} It's"
