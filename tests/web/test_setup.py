"""The first run ends when a text went out and an answer came back, and not before."""

from datetime import timedelta

from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.models import Message
from tests.support.cast import Caller, Customer, writing
from tests.support.pages import Browser, Page
from tests.support.stage import HOOK_TOKEN, LINE, Stage, until

PHONE = "+12025550177"


def said(page: Page) -> str:
    return page.select_one("main").get_text(" ", strip=True)


def hops(page: Page) -> list[bool]:
    return ["hop--done" in hop["class"] for hop in page.select("#progress ol .hop")]


def offered(page: Page) -> bool:
    return bool(page.select(".pane a[href='/setup']"))


def test_it_is_for_admins_alone(ben: Browser, browser: Browser) -> None:
    ben.get("/setup", expect=403)
    assert not offered(ben.get("/conversations"))
    assert browser.get("/setup").path == "/sign-in"


def test_a_text_that_is_delivered_and_answered_ends_it(
    stage: Stage, ana: Browser, kaleyra: PracticeKaleyra, kaleyra_calls: Caller
) -> None:
    assert offered(ana.get("/conversations"))
    page = ana.submit(ana.get("/setup"), number=PHONE)
    assert hops(page) == [True, False, False, False]

    stage.work()
    until(lambda: stage.read() or hops(ana.get("/setup")) == [True, True, True, False])
    assert offered(ana.get("/conversations"))
    Customer(PHONE, LINE, kaleyra_calls).texts("I read you")
    stage.read()

    page = ana.get("/setup")
    assert hops(page) == [True] * 4
    assert "Texts go out and answers come back." in said(page)
    assert "message" in page.select_one("#progress .facts").get_text()
    assert "I read you" not in said(page)
    assert "hx-trigger" not in page.select_one("#progress").attrs
    assert not offered(ana.get("/conversations"))


def test_what_does_not_come_within_a_minute_is_explained(
    stage: Stage, ana: Browser
) -> None:
    ana.submit(ana.get("/setup"), number=PHONE)
    assert "What to check" not in said(ana.get("/setup"))

    with writing():
        early = utcnow() - timedelta(minutes=2)
        db.session.execute(update(Message).values(created_at=early))

    page = ana.get("/setup")
    assert "What to check" in said(page)
    assert "No inbound callback ever came." in said(page)


def test_the_text_goes_through_the_gate(
    stage: Stage, ana: Browser, ada: Customer
) -> None:
    ada.texts("STOP")
    stage.read()

    page = ana.submit(ana.get("/setup"), number=ada.number, expect=422)

    assert "opted out" in page.select_one("#number-error").get_text()
    assert not page.select("#progress")


def test_a_number_that_is_none_is_refused(ana: Browser) -> None:
    page = ana.submit(ana.get("/setup"), number="12", expect=422)

    assert page.select_one("#number-error").get_text(strip=True)


def test_a_customer_who_answered_a_delivered_text_is_proof_enough(
    stage: Stage, ana: Browser, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    assert offered(ana.get("/conversations"))
    page = ana.get(f"/conversations/{ada.conversation.id}")
    ana.submit(page, "#composer form.composer__form", body="Yes")
    stage.work()
    until(lambda: stage.read() or ada.messages[-1].status == "delivered")

    ada.texts("Thanks")
    stage.read()

    assert not offered(ana.get("/conversations"))


def test_the_page_says_what_to_enter_at_kaleyra(ana: Browser) -> None:
    page = ana.get("/setup")

    assert page.select_one("#hook-address").get_text().endswith("/kaleyra/inbound")
    assert page.select_one("#hook-token").get_text() == HOOK_TOKEN
