"""A text put off that cannot be sent comes back to whoever wrote it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.models import ScheduledText
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import give, team_of
from tests.web.putting_off import FORM, box, fate, its_time_comes, put_off, thread


def test_when_the_customer_writes_first_it_comes_back_and_that_is_said(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    put_off(ben, ada)
    ada.texts("Cancel my order please")
    stage.read()
    assert "has written since" in thread(ben, ada).select_one("#scheduled").get_text()

    its_time_comes(stage)

    page = thread(ben, ada)
    assert fate() == "returned"
    assert "Good morning" in page.select_one("#scheduled").get_text()
    assert "The customer wrote first" in page.select_one("#messages").get_text()
    assert "Good morning" not in [message.body for message in ada.messages]


@pytest.fixture
def returned(stage: Stage, ben: Browser, ada: Customer) -> Page:
    """Ben's page, on which what he put off has come back to him."""
    put_off(ben, ada)
    ada.texts("Cancel my order please")
    stage.read()
    its_time_comes(stage)
    return thread(ben, ada)


def test_what_came_back_stays_while_its_author_writes_and_sends(
    ben: Browser, ada: Customer, returned: Page
) -> None:
    token = returned.select_one(".composer__form [name=csrf_token]")["value"]
    kept = returned.select_one("reply-composer")["data-kept"]
    ben.client.post(kept, data={"body": "Done, it is", "csrf_token": token})

    assert box(thread(ben, ada)) == "Done, it is"
    page = ben.submit(returned, FORM, body="Done, it is cancelled")

    assert "Good morning" in page.select_one("#scheduled").get_text()
    assert not box(page)


def test_what_came_back_is_its_authors_to_use(
    ana: Browser, ben: Browser, ada: Customer, returned: Page
) -> None:
    hers = thread(ana, ada)
    assert not hers.select(".later__one")
    there = returned.select_one(".later__ways")["action"]
    token = hers.select_one("[name=csrf_token]")["value"]
    assert ana.client.post(there, data={"csrf_token": token}).status_code == 409
    assert "Draft" in ben.get("/conversations").select_one(".row").get_text()

    page = ben.submit(returned, ".later__ways", button="Use this text")

    assert box(page) == "Good morning"
    assert not page.select(".later__one")


def test_what_came_back_can_be_discarded_and_not_be_sent(
    stage: Stage, ben: Browser, ada: Customer, returned: Page
) -> None:
    page = ben.submit(returned, ".later__ways", button="Discard")
    its_time_comes(stage)

    assert not page.select(".later__one")
    assert not box(page)
    assert "Good morning" not in [message.body for message in ada.messages]


def test_what_its_author_may_not_see_any_more_becomes_a_note(
    stage: Stage, ana: Browser, ben: Browser, ada: Customer
) -> None:
    put_off(ben, ada)
    give(ada, team_of("Night", "Ana"))
    ada.texts("Cancel my order please")
    stage.read()

    its_time_comes(stage)

    page = thread(ana, ada)
    assert "may not see this thread" in page.select_one("#messages").get_text()
    assert "Good morning" in page.select(".message--note")[-1].get_text()


def test_nothing_goes_out_hours_late(stage: Stage, ben: Browser, ada: Customer) -> None:
    put_off(ben, ada)
    with writing():
        then = utcnow() - timedelta(hours=2)
        db.session.execute(update(ScheduledText).values(due_at=then))

    stage.step(Sweeper("w", lambda: True).step)

    page = thread(ben, ada)
    assert "Good morning" in page.select_one("#scheduled").get_text()
    assert "Its time had passed" in page.select_one("#messages").get_text()


def test_an_opt_out_cancels_it_even_if_they_opt_in_again(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    put_off(ben, ada)
    ada.texts("STOP")
    ada.texts("START")
    stage.read()

    its_time_comes(stage)

    assert fate() == "cancelled"
    assert "Good morning" not in [message.body for message in ada.messages]
