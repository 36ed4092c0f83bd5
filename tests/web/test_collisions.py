"""No reply goes out against a thread that has moved on since its author looked."""

import threading

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.desk import answering
from conversations.desk.answering import Outdated
from conversations.models import Agent, Conversation
from conversations.texting.sending import Draft
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.forms import find_form, submission
from tests.support.pages import Browser, Page
from tests.support.stage import Stage


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def bodies(customer: Customer) -> list[str]:
    return [message.body for message in customer.messages]


@pytest.fixture
def outdated(stage: Stage, ben: Browser, ada: Customer) -> Page:
    """Ben has pressed Send, and Ada had written once more meanwhile."""
    page = thread(ben, ada)
    ada.texts("Never mind, I found it")
    stage.read()
    return ben.submit(page, body="It is on its way", expect=409)


def test_a_customers_newer_text_holds_the_reply_and_is_shown(
    outdated: Page, ada: Customer
) -> None:
    assert "Never mind, I found it" in outdated.select_one("#outdated").get_text()
    box = outdated.select_one("textarea[name=body]")
    assert box.get_text().strip() == "It is on its way"
    assert "It is on its way" not in bodies(ada)


def test_a_colleagues_reply_holds_it_too(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ana.submit(thread(ana, ada), body="Ready at six")

    page = ben.submit(page, body="Ready at seven", expect=409)

    new = page.select_one("#outdated").get_text()
    assert "Ana Ruiz" in new
    assert "Ready at six" in new
    assert bodies(ada)[1:] == ["Ready at six"]


def test_a_programs_text_holds_it_too(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    we_reply(ada, "Your parcel is out for delivery")

    page = ben.submit(page, body="It leaves tomorrow", expect=409)

    assert "out for delivery" in page.select_one("#outdated").get_text()


def test_ones_own_texts_hold_nothing(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    ben.submit(page, body="One")

    ben.submit(page, body="Two")

    assert bodies(ada)[1:] == ["One", "Two"]


def test_sending_anyway_sends_it_as_written(
    ben: Browser, ada: Customer, outdated: Page
) -> None:
    ben.submit(outdated, ".composer__form", button="Send anyway")

    assert bodies(ada)[-1] == "It is on its way"


def test_sending_anyway_is_held_again_by_what_came_after_that(
    stage: Stage, ben: Browser, ada: Customer, outdated: Page
) -> None:
    ada.texts("Really, never mind")
    stage.read()

    page = ben.submit(outdated, ".composer__form", button="Send anyway", expect=409)

    new = page.select_one("#outdated").get_text()
    assert "Really, never mind" in new
    assert "I found it" not in new


def test_the_text_may_be_edited_first(
    ben: Browser, ada: Customer, outdated: Page
) -> None:
    ben.submit(outdated, ".composer__form", body="Glad you found it!")

    assert bodies(ada)[-1] == "Glad you found it!"


def test_discarding_leaves_an_empty_box(
    ben: Browser, ada: Customer, outdated: Page
) -> None:
    page = ben.submit(outdated, ".composer__form", button="Discard")

    assert not page.select_one("textarea[name=body]").get_text().strip()
    assert len(ada.messages) == 2


def test_a_held_text_is_not_lost_with_its_page(
    ben: Browser, ada: Customer, outdated: Page
) -> None:
    box = thread(ben, ada).select_one("textarea[name=body]")

    assert box.get_text().strip() == "It is on its way"


def test_a_script_gets_the_composer_with_what_is_new(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    request = submission(page, find_form(page, ["body"]), {"body": "Yes"}).request
    ada.texts("Hello?")
    stage.read()

    piece = ben._open(409, headers={"HX-Request": "true"}, **request)

    assert "Hello?" in piece.select_one("reply-composer #outdated").get_text()


def test_of_two_who_press_send_at_once_only_one_sends(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    conversation_id, seen = ada.conversation.id, ada.messages[-1].id
    together, outcomes = threading.Barrier(2), []

    def send(name: str) -> None:
        with writing():
            agent = the(select(Agent).where(Agent.email == f"{name}@example.com"))
            conversation = db.session.get_one(Conversation, conversation_id)
            db.session.commit()
            together.wait()
            draft = Draft(body=f"I am {name}", author=name, author_id=agent.id)
            outcomes.append(answering.reply(agent, conversation, draft, seen))

    threads = [threading.Thread(target=send, args=(name,)) for name in ("ana", "ben")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(isinstance(each, Outdated) for each in outcomes) == [False, True]
    assert len(ada.messages) == 2
