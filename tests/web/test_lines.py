"""A line's own page, for admins, and the banners that everybody sees."""

import pytest
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.kaleyra.answers import NotSent, Unconfirmed
from conversations.models import Message
from conversations.texting import line_state
from tests.support.cast import Customer, everything, we_reply, writing
from tests.support.line import EVENTS, change_line, learn, line
from tests.support.pages import Browser, Page
from tests.support.stage import Stage


def line_page(browser: Browser) -> Page:
    return browser.get(f"/lines/{line().id}")


def said(page: Page) -> str:
    return page.select_one("main").get_text(" ", strip=True)


def banners(page: Page) -> str:
    return page.select_one("#notices").get_text(" ", strip=True)


def break_down() -> None:
    """Enough calls go wrong for the breaker to hold the line."""
    learn(*[Unconfirmed("no_answer", "Kaleyra gave no answer.")] * 5)


def test_it_is_for_admins_alone(browser: Browser, ben: Browser) -> None:
    path = f"/lines/{line().id}"
    assert "for admins" in ben.get(path, expect=403).get_text()
    assert browser.get(path).path == "/sign-in"


def test_a_line_that_is_not_there_is_not_found(ana: Browser) -> None:
    ana.get("/lines/4711", expect=404)


def test_an_admin_pauses_a_line_with_a_reason_and_resumes_it(ana: Browser) -> None:
    page = ana.submit(line_page(ana), reason="The number moves to another account.")

    assert "Paused since" in said(page)
    assert banners(page).count("The number moves to another account.") == 1
    assert line().paused

    page = ana.submit(page, button="Resume")

    assert "Open" in said(page)
    assert banners(page) == ""
    assert not line().paused
    story = [(e.what, e.who) for e in everything(EVENTS)]
    assert story == [("paused", "Ana Ruiz"), ("resumed", "Ana Ruiz")]
    assert "Paused by Ana Ruiz" in said(page)
    assert "Resumed by Ana Ruiz" in said(page)


def test_pausing_takes_a_reason(ana: Browser) -> None:
    page = ana.submit(line_page(ana), reason=" ", expect=422)

    assert "Say why" in page.select_one("#reason-error").get_text()
    assert not line().paused


def test_every_agent_reads_why_texts_wait(ana: Browser, ben: Browser) -> None:
    ana.submit(line_page(ana), reason="The number moves.")

    page = ben.get("/conversations")

    assert "+1 202-555-0100 is paused. The number moves." in banners(page)
    assert "resumes the line" in banners(page)
    assert banners(ben.fragment("/notices")) == banners(page)


def test_a_held_line_says_so_to_everybody_and_an_admin_opens_it(
    ana: Browser, ben: Browser
) -> None:
    break_down()

    assert "has trouble sending. Kaleyra gave no answer." in banners(
        ben.get("/conversations")
    )
    page = line_page(ana)
    assert "Held back until" in said(page)
    assert "Held back by Parley" in said(page)
    page = ana.submit(page, button="Open it now")
    assert banners(page) == ""
    assert not line().probing


def test_a_line_that_is_tried_with_one_text_says_so(ana: Browser) -> None:
    break_down()
    change_line(held_until=utcnow())

    page = line_page(ana)

    assert "Being tried" in said(page)
    assert "had trouble sending" in banners(page)


def test_a_line_that_was_slowed_says_so_and_is_opened(ana: Browser) -> None:
    change_line(rate=5.0)
    learn(NotSent("429", "Slow down."))

    page = line_page(ana)
    assert "Slowed down" in said(page)
    assert "at most 5 texts a second · just now at most 2.5" in said(page)
    page = ana.submit(page, button="Open it now")

    assert "just now" not in said(page)
    assert "Nothing to do" in said(page)


@pytest.mark.parametrize(
    ("typed", "rate"), [("5", 5.0), ("0.5", 0.5), (" 12.25 ", 12.25)]
)
def test_an_admin_sets_the_rate(ana: Browser, typed: str, rate: float) -> None:
    page = ana.submit(line_page(ana), rate=typed)

    assert line().rate == rate
    assert f"at most {rate:g} texts a second" in said(page)
    assert page.select_one("#rate")["value"] == f"{rate:g}"
    assert [e.what for e in everything(EVENTS)] == ["rate"]


def test_an_empty_rate_is_no_limit(ana: Browser) -> None:
    page = ana.submit(line_page(ana), rate="5")

    page = ana.submit(page, rate="")

    assert line().rate is None
    assert "no limit" in said(page)


@pytest.mark.parametrize(
    "typed", ["0", "0.0", "-1", "a lot", "1e9", "12345", "0.001", "nan", "5 5"]
)
def test_a_rate_that_cannot_be_is_refused(ana: Browser, typed: str) -> None:
    page = ana.submit(line_page(ana), rate=typed, expect=422)

    assert "Type a number" in page.select_one("#rate-error").get_text()
    assert line().rate is None


def test_it_shows_what_waits_and_what_failed(ana: Browser, ada: Customer) -> None:
    ids = [we_reply(ada, f"{n}").id for n in range(5)]
    with writing():
        failed = update(Message).where(Message.id.in_(ids[:3]))
        db.session.execute(
            failed.values(
                status="failed", failure_code="E911", failure_text="No such number."
            )
        )

    page = line_page(ana)

    assert page.select_one("#waiting").get_text() == "2"
    assert "The oldest since" in said(page)
    assert "3 Failed: No such number. E911" in said(page)


def test_a_retired_line_can_be_looked_at_and_not_paused(ana: Browser) -> None:
    change_line(retired_at=utcnow())

    page = line_page(ana)

    assert "Retired since" in said(page)
    assert not page.select("main form")
    assert "+1 202-555-0100" in said(ana.get("/lines"))


def test_the_list_leads_to_each_line(ana: Browser) -> None:
    page = ana.get("/lines")

    assert ana.follow(page, "+1 202-555-0100").path == f"/lines/{line().id}"


def test_what_somebody_typed_is_only_ever_text(ana: Browser) -> None:
    page = ana.submit(line_page(ana), reason="<b>Bold</b> \u202egnitset")

    assert not page.select("#notices b, main b")
    assert line_state.PAUSED in [e.what for e in everything(EVENTS)]


def test_a_healthy_line_shows_no_banner(stage: Stage, ben: Browser) -> None:
    assert banners(ben.get("/conversations")) == ""


def test_an_admin_says_what_a_text_costs_and_agents_see_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    thread = f"/conversations/{ada.conversation.id}"
    assert "about" not in ben.get(thread).select_one("#counter").get_text()

    page = ana.submit(line_page(ana), prices="0.0075 EUR\n+44 0,03 eur")

    assert line().prices == "0.0075 EUR\n+44 0.03 EUR"
    assert "Prices changed by Ana Ruiz" in said(page)
    counter = ben.get(thread).select_one("segment-counter")
    assert "1 SMS · GSM · about 0.0075 EUR" in counter.get_text()
    assert counter["data-price"] == '{"micros": 7500, "currency": "EUR"}'


def test_what_is_no_price_is_said_beside_it(ana: Browser) -> None:
    page = ana.submit(line_page(ana), prices="cheap", expect=422)

    assert "“cheap” is not a price" in page.select_one("#prices-error").get_text()
    assert page.select_one("#prices").get_text().strip() == "cheap"
    assert line().prices == ""
