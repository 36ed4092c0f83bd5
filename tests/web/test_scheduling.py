"""Texts put off until later: sent once, in time, under their author's name, or not."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.desk import releasing
from conversations.models import Audit, ScheduledText
from conversations.models import Customer as CustomerRow
from conversations.texting.status import Status
from conversations.web import moments
from conversations.web.showing import later
from conversations.web.showing.later import Zones
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, everything, the, writing
from tests.support.forms import submission
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.support.teams import give, team_of

FORM = ".composer__form"
ROME = ZoneInfo("Europe/Rome")


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def put_off(browser: Browser, customer: Customer, body: str = "Good morning") -> Page:
    page = thread(browser, customer)
    return browser.submit(page, FORM, button="Tomorrow, 9:00", body=body)


def its_time_comes(stage: Stage) -> None:
    with writing():
        then = utcnow() - timedelta(seconds=1)
        db.session.execute(update(ScheduledText).values(due_at=then))
    stage.step(Sweeper("w", lambda: True).step)


def box(page: Page) -> str:
    return str(page.select_one("#body").get_text().strip())


def fate() -> str:
    return str(the(select(ScheduledText)).fate)


def test_it_stands_above_the_box_with_its_time_and_author(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = put_off(ben, ada)

    assert not page.select_one("#body").get_text().strip()
    text = thread(ana, ada).select_one("#scheduled").get_text()
    assert "Good morning" in text
    assert "09:00" in text
    assert "Ben Okafor" in text
    assert len(ada.messages) == 1


def test_in_its_time_it_is_sent_under_its_authors_name(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    put_off(ben, ada)

    its_time_comes(stage)

    newest = ada.messages[-1]
    assert (newest.body, newest.author) == ("Good morning", "Ben Okafor")
    assert (newest.status, fate()) == (Status.QUEUED, "sent")
    assert not thread(ben, ada).select(".later__one")


def test_a_script_gets_the_list_and_an_empty_box(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    filled = submission(page, page.select_one(FORM), {"body": "Later"}, "In 1 hour")

    piece = ben._open(200, headers={"HX-Request": "true"}, **filled.request)

    assert "Later" in piece.select_one("#composer #scheduled").get_text()
    assert not piece.select_one("#body").get_text().strip()


def test_many_processes_send_it_once(stage: Stage, ben: Browser, ada: Customer) -> None:
    put_off(ben, ada)
    with writing():
        then = utcnow() - timedelta(seconds=1)
        db.session.execute(update(ScheduledText).values(due_at=then))
    together = threading.Barrier(4)

    def sweep(worker: str) -> None:
        together.wait()
        stage.step(Sweeper(worker, lambda: True).step)

    sweeping = [threading.Thread(target=sweep, args=(name,)) for name in "abcd"]
    for each in sweeping:
        each.start()
    for each in sweeping:
        each.join()

    assert [message.body for message in ada.messages[1:]] == ["Good morning"]


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


@pytest.mark.parametrize(
    ("button", "said", "act"),
    [
        ("Send now", "sent what Ben Okafor had scheduled", "replied"),
        ("Edit", "took what Ben Okafor had scheduled", "scheduled_edited"),
        ("Cancel", "cancelled what Ben Okafor had scheduled", "scheduled_cancelled"),
    ],
)
def test_what_becomes_of_a_colleagues_text_is_said_and_noted(
    ana: Browser, ben: Browser, ada: Customer, button: str, said: str, act: str
) -> None:
    put_off(ben, ada)

    page = ana.submit(thread(ana, ada), ".later__ways", button=button)

    assert f"Ana Ruiz {said}" in page.select_one("#messages").get_text()
    noted = the(select(Audit).where(Audit.act == act, Audit.agent == "Ana Ruiz"))
    assert f'"scheduled": {the(select(ScheduledText)).id}' in noted.detail


def test_what_one_does_to_ones_own_text_needs_no_saying(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(put_off(ben, ada), ".later__ways", button="Cancel")

    assert not page.select(".message__event")


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


def test_it_can_be_cancelled(stage: Stage, ben: Browser, ada: Customer) -> None:
    page = put_off(ben, ada)

    ben.submit(page, ".later__ways", button="Cancel")
    its_time_comes(stage)

    assert fate() == "cancelled"
    assert len(ada.messages) == 1


def test_it_can_be_edited_by_taking_it_back(ben: Browser, ada: Customer) -> None:
    page = ben.submit(put_off(ben, ada), ".later__ways", button="Edit")

    assert page.select_one("#body").get_text().strip() == "Good morning"
    assert not page.select(".later__one")


def test_it_can_be_sent_at_once_and_only_once(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = put_off(ben, ada)
    ben.submit(page, ".later__ways", button="Send now")

    page = ben.submit(page, ".later__ways", button="Send now", expect=409)
    its_time_comes(stage)

    assert "waits no longer" in page.select_one("#problem").get_text()
    assert [message.body for message in ada.messages[1:]] == ["Good morning"]


def test_the_same_form_twice_is_one_text(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    for _ in range(2):
        ben.submit(page, FORM, button="Tomorrow, 9:00", body="Once")

    assert len(everything(select(ScheduledText))) == 1


def test_it_is_held_like_any_reply_when_something_is_new(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    ada.texts("Never mind")
    stage.read()

    page = ben.submit(page, FORM, button="In 1 hour", body="So?", expect=409)

    assert "Never mind" in page.select_one("#outdated").get_text()


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("", "Choose a date and a time."),
        ("2020-01-01T09:00", "still to come"),
        ("2090-01-01T09:00", "within a year"),
    ],
)
def test_a_time_that_will_not_do_is_refused_and_the_text_stays(
    ben: Browser, ada: Customer, at: str, sentence: str
) -> None:
    page = thread(ben, ada)
    typed = {"body": "Later", "at": at}

    page = ben.submit(page, FORM, button="Schedule for then", expect=422, **typed)

    assert sentence in page.select_one("#problem").get_text()
    assert page.select_one("#body").get_text().strip() == "Later"


def test_enter_in_the_time_sends_nothing(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)

    ben.submit(page, FORM, body="Later", at="2026-12-24T09:00", expect=422)

    assert len(ada.messages) == 1


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("hour", "2026-11-22T15:30"),
        ("evening", "2026-11-22T18:00"),
        ("tomorrow", "2026-11-23T09:00"),
        ("monday", "2026-11-23T09:00"),
    ],
)
def test_presets_are_times_of_the_agents_zone(when: str, expected: str) -> None:
    now = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)

    moment = later.moment(when, "", now, Zones(ROME))

    assert moment
    assert moment.astimezone(ROME).isoformat()[:16] == expected


def test_this_evening_is_not_offered_in_the_evening() -> None:
    now = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)

    assert "evening" not in later.offered(now, Zones(ROME))


def test_nothing_due_is_nothing_to_do(stage: Stage) -> None:
    with writing():
        assert releasing.release({}, timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-25T00:15+00:00", "2026-10-25T02:30+02:00"),
        ("2026-10-25T00:45+00:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_an_hour_that_comes_twice_is_the_one_still_to_come(
    now: str, expected: str
) -> None:
    typed, at = "2026-10-25T02:30", datetime.fromisoformat(now)

    for found in (
        later.moment("at", typed, at, Zones(ROME)),
        moments.yet_to_come(typed, ROME, at),
    ):
        assert found
        assert found.isoformat(timespec="minutes") == expected


TOKYO = ZoneInfo("Asia/Tokyo")
SUNDAY = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("their_tomorrow", "2026-11-23T09:00"),
        ("their_monday", "2026-11-23T09:00"),
        ("their_at", "2026-12-24T08:15"),
    ],
)
def test_their_presets_are_times_of_the_customers_zone(
    when: str, expected: str
) -> None:
    moment = later.moment(when, "2026-12-24T08:15", SUNDAY, Zones(ROME, TOKYO))

    assert moment
    assert moment.astimezone(TOKYO).isoformat()[:16] == expected


def test_presets_are_said_in_both_zones_where_they_differ() -> None:
    said = later.offered(SUNDAY, Zones(ROME, TOKYO))

    assert said["tomorrow"] == "Tomorrow, 9:00 · Mon 17:00 for them"
    assert said["their_tomorrow"] == "Tomorrow, 9:00 their time · Mon 01:00 yours"


def test_where_it_is_the_same_time_theirs_is_not_offered() -> None:
    assert set(later.offered(SUNDAY, Zones(ROME, ZoneInfo("Europe/Berlin")))) == set(
        later.offered(SUNDAY, Zones(ROME))
    )
    assert later.moment("their_tomorrow", "", SUNDAY, Zones(ROME)) is None


def test_their_morning_stands_there_in_both_zones(ben: Browser, ada: Customer) -> None:
    in_tokyo(ada)
    page = thread(ben, ada)
    button = page.select_one("[value=their_tomorrow]").get_text()

    page = ben.submit(page, FORM, button=button, body="Ohayo")

    text = page.select_one("#scheduled").get_text()
    assert "00:00" in text
    assert "09:00 for them" in text


def in_tokyo(customer: Customer) -> None:
    with writing():
        row = db.session.get_one(CustomerRow, customer.conversation.customer_id)
        row.time_zone = "Asia/Tokyo"
