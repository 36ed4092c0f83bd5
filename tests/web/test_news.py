"""What an agent is told of while they look elsewhere, and how it is called."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.models import Message
from tests.support.cast import Customer, we_reply, writing
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.support.teams import change, give, own, team_of
from tests.web.test_presence import says


def news(browser: Browser, *messages: Message) -> list[dict[str, object]]:
    ids = ",".join(str(message.id) for message in messages)
    return list(browser.client.get(f"/news?ids={ids}").json)


def titles(browser: Browser, *messages: Message) -> list[object]:
    return [each["title"] for each in news(browser, *messages)]


def chooses(browser: Browser, *about: str) -> None:
    form = '[action="/profile/notices"]'
    browser.submit(browser.get("/profile"), form, about=list(about))


def note(browser: Browser, customer: Customer, words: str) -> Message:
    page = browser.get(f"/conversations/{customer.conversation.id}?mode=note")
    browser.submit(page, ".composer--note form", note=words)
    return customer.messages[-1]


def test_each_text_in_what_nobody_has_is_news_and_its_words_are_not_told(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    ada.texts("Hello?")
    ada.texts("Anybody?")
    stage.read()
    first, second = ada.messages[-2:]

    assert news(ben, first, second) == [
        {"id": each.id, "title": "New text from +1 202-555-0142", "text": ""}
        for each in (first, second)
    ]
    assert titles(ana, first) == ["New text from +1 202-555-0142"]


def test_what_a_colleague_has_is_no_news_and_what_is_mine_is(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ben")
    ada.texts("Hello?")
    stage.read()

    assert titles(ana, ada.messages[-1]) == []
    assert len(titles(ben, ada.messages[-1])) == 1


def test_a_mention_is_news_to_whoever_is_named(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    own(ada, "Ana")

    named = note(ana, ada, "@Ben can you look?")

    assert titles(ben, named) == ["Ana Ruiz mentioned you: +1 202-555-0142"]
    assert titles(ana, named) == []


def test_what_we_send_is_no_news(ben: Browser, ada: Customer) -> None:
    assert titles(ben, we_reply(ada, "Yes")) == []


def test_what_is_read_or_before_ones_eyes_or_old_is_no_news(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    ada.texts("Hello?")
    stage.read()
    text = ada.messages[-1]

    says(ben, ada, "looking")
    assert titles(ben, text) == []
    says(ben, ada, "left")
    assert len(titles(ben, text)) == 1

    page = ben.get(f"/conversations/{ada.conversation.id}")
    ben.submit(page, ".thread__mark")
    assert titles(ben, text) == []

    with writing():
        long_ago = utcnow() - timedelta(hours=1)
        db.session.execute(update(Message).values(created_at=long_ago))
    assert titles(ana, text) == []


def test_another_teams_text_is_no_news(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))
    ada.texts("For billing")
    stage.read()

    assert titles(ben, ada.messages[-1]) == []
    assert len(titles(ana, ada.messages[-1])) == 1


def test_agents_choose_what_they_are_told_of_and_whether_the_text_is_shown(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    own(bob, "Ben")
    ada.texts("From Ada")
    bob.texts("From Bob")
    stage.read()
    texts = ada.messages[-1], bob.messages[-1]

    chooses(ben, "notice_mine", "notice_text")
    assert [each["text"] for each in news(ben, *texts)] == ["From Bob"]
    chooses(ben, "notice_unassigned", "notice_text")
    assert [each["text"] for each in news(ben, *texts)] == ["From Ada"]
    chooses(ben)
    assert news(ben, *texts) == []


def test_masked_numbers_are_masked_in_notices(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    change("Ben", masked=True)
    ada.texts("Hello?")
    stage.read()

    assert "555-0142" not in str(titles(ben, ada.messages[-1]))


def test_what_came_after_a_message_is_told_and_at_most_the_latest_twenty(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    own(bob, "Ana")
    last = ada.messages[-1].id
    bob.texts("Not for Ben")
    for n in range(22):
        ada.texts(f"Text {n}")
    stage.read()
    texts = [message.id for message in ada.messages if message.id > last]

    missed = ben.client.get(f"/news?after={last}").json
    rest = ben.client.get(f"/news?after={texts[-2]}").json

    assert [each["id"] for each in missed] == texts[2:]
    assert [each["id"] for each in rest] == texts[-1:]
    assert ben.client.get(f"/news?after={texts[-1]}").json == []


def test_another_teams_text_was_not_missed(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))
    ada.texts("For billing")
    stage.read()

    assert ben.client.get("/news?after=0").json == []


def test_news_are_for_agents_who_are_signed_in(app: Flask) -> None:
    assert app.test_client().get("/news?ids=1").status_code in (303, 401)
