"""The same text under two ids is shown once, and nothing of it is lost."""

from datetime import timedelta

from sqlalchemy import select

from conversations.db import db
from conversations.models import RecentText
from conversations.texting import repeats
from tests.support.cast import Customer, we_reply, writing
from tests.support.stage import LINE, Stage


def hears(stage: Stage, customer: Customer, *texts: str) -> None:
    for body in texts:
        customer.texts(body)
    stage.read()


def repeated(customer: Customer) -> list[str]:
    """What each of their texts repeats, in words."""
    bodies = {message.id: message.body for message in customer.messages}
    return [bodies.get(m.repeat_of_id, "") for m in customer.messages]


def test_a_text_that_comes_twice_points_to_the_first(
    stage: Stage, ada: Customer
) -> None:
    hears(stage, ada, "See you at 5", "See you at 5")
    hears(stage, ada, "See you at 5")

    assert repeated(ada) == ["", "", "See you at 5", "See you at 5"]
    assert {m.repeat_of_id for m in ada.messages[2:]} == {ada.messages[1].id}


def test_a_repeat_does_not_make_the_conversation_new_again(
    stage: Stage, ada: Customer
) -> None:
    hears(stage, ada, "See you at 5", "On the train", "See you at 5", "On the train")

    assert ada.conversation.last_inbound_id == ada.messages[2].id
    assert ada.conversation.preview == "On the train"


def test_the_same_answer_to_another_question_is_no_repeat(
    stage: Stage, ada: Customer
) -> None:
    hears(stage, ada, "Yes")
    we_reply(ada, "And for two persons?")

    hears(stage, ada, "Yes")

    assert repeated(ada) == ["", "", "", ""]
    assert ada.conversation.preview == "Yes"


def test_the_same_words_a_minute_later_are_no_repeat(
    stage: Stage, ada: Customer
) -> None:
    hears(stage, ada, "Hello?")
    with writing():
        for text in db.session.scalars(select(RecentText)):
            text.heard_at -= repeats.WINDOW + timedelta(seconds=1)

    hears(stage, ada, "Hello?")

    assert repeated(ada) == ["", "", ""]


def test_the_same_words_of_two_customers_are_no_repeat(
    stage: Stage, ada: Customer
) -> None:
    eve = Customer("+12025550143", LINE, ada.caller)
    eve.texts("Yes")
    hears(stage, ada, "Yes")

    assert repeated(ada)[-1] == repeated(eve)[-1] == ""
