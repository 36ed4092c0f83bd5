"""An agent's own profile."""

from flask import Flask
from sqlalchemy import select

from conversations.models import Agent
from tests.support.cast import Customer, everything, the
from tests.support.pages import Browser
from tests.web.conftest import PASSWORD

NEW = "seven otters upstream"


def test_times_are_shown_in_the_agents_zone(ben: Browser, ada: Customer) -> None:
    written = ada.messages[0].created_at

    for zone, hours in (("Asia/Kolkata", 5.5), ("Etc/UTC", 0)):
        ben.submit(ben.get("/profile"), time_zone=zone)
        thread = ben.get(f"/conversations/{ada.conversation.id}")
        minutes = int(written.hour * 60 + written.minute + hours * 60) % (24 * 60)
        shown = thread.select_one(".message time").get_text()
        assert shown == f"{minutes // 60:02}:{minutes % 60:02}"


def test_an_agent_who_chose_no_zone_gets_that_of_the_browser(ana: Browser) -> None:
    ana.submit(ana.get("/profile"), ".rail__out")

    ana.submit(
        ana.get("/sign-in"),
        email="ana@example.com",
        password=PASSWORD,
        time_zone="Europe/Rome",
    )

    assert the(select(Agent)).time_zone == "Europe/Rome"


def test_choosing_utc_is_a_choice_that_stays(ana: Browser) -> None:
    ana.submit(ana.get("/profile"), time_zone="Etc/UTC")
    ana.submit(ana.get("/profile"), ".rail__out")

    ana.submit(
        ana.get("/sign-in"),
        email="ana@example.com",
        password=PASSWORD,
        time_zone="Europe/Rome",
    )

    assert the(select(Agent)).time_zone == "Etc/UTC"


def test_a_name_that_is_missing_or_a_zone_that_is_none_is_refused(
    ana: Browser,
) -> None:
    page = ana.get("/profile")

    nameless = ana.submit(page, name="  ", time_zone="Etc/UTC", expect=422)
    assert "Type your name." in nameless.get_text()
    page.select_one("#time_zone option")["value"] = "Mars/Base"
    nowhere = ana.submit(page, time_zone="Mars/Base", expect=422)
    assert "Choose a time zone from the list." in nowhere.get_text()


def test_a_new_password_signs_out_every_other_browser(app: Flask, ana: Browser) -> None:
    other = Browser(app.test_client())
    other.sign_in("ana@example.com", PASSWORD)

    page = ana.submit(ana.get("/profile"), current=PASSWORD, new=NEW, again=NEW)

    assert "Your password is changed." in page.get_text()
    assert other.get("/conversations").path == "/sign-in"
    assert ana.get("/conversations").path == "/conversations"
    other.sign_in("ana@example.com", NEW)


def test_changing_the_password_takes_the_old_one(ana: Browser) -> None:
    page = ana.get("/profile")

    page = ana.submit(page, current="not this", new=NEW, again=NEW, expect=422)

    assert "This is not your current password." in page.get_text()


def test_a_weak_password_is_refused_with_what_to_do(ana: Browser) -> None:
    page = ana.get("/profile")

    short = ana.submit(page, current=PASSWORD, new="short", again="short", expect=422)
    differs = ana.submit(page, current=PASSWORD, new=NEW, again="other", expect=422)

    assert "Use at least 12 characters" in short.get_text()
    assert "The two new passwords differ." in differs.get_text()
    assert everything(select(Agent.name)) == ["Ana Ruiz"]
