"""Saved replies: filled from what we know now, and never sent with a blank left in."""

import pytest

from conversations.desk import saved_replies
from tests.support.cast import Customer
from tests.support.pages import Browser, Page

ADD = "form[action='/saved-replies']"


def save(browser: Browser, shortcut: str, body: str, title: str = "A reply") -> Page:
    page = browser.get("/saved-replies")
    return browser.submit(page, ADD, shortcut=shortcut, title=title, body=body)


def offered(browser: Browser, customer: Customer, words: str) -> list[str]:
    there = f"/conversations/{customer.conversation.id}/saved-replies?q={words}"
    return [str(each["data-text"]) for each in browser.fragment(there).select("li")]


def name(browser: Browser, customer: Customer, given: str) -> None:
    page = browser.get(f"/conversations/{customer.conversation.id}")
    browser.submit(page, ".naming__form", name=given)


def test_it_is_found_by_its_word_its_title_and_its_text(
    ben: Browser, ada: Customer
) -> None:
    save(ben, "hours", "We open at nine.", "Opening hours")
    save(ben, "thanks", "Thank you!", "Thanks")

    assert offered(ben, ada, "ho") == ["We open at nine."]
    assert offered(ben, ada, "opening") == ["We open at nine."]
    assert offered(ben, ada, "nine") == ["We open at nine."]
    assert len(offered(ben, ada, "")) == 2


def test_it_is_filled_with_the_name_of_today(ben: Browser, ada: Customer) -> None:
    save(ben, "hi", "Hi {first_name}, {agent} here, on {line}.")
    name(ben, ada, "Ada King")
    assert offered(ben, ada, "hi")[0].startswith("Hi Ada, Ben Okafor here, on +1 202")

    name(ben, ada, "Augusta")

    assert offered(ben, ada, "hi")[0].startswith("Hi Augusta,")


def test_what_we_do_not_know_stays_a_blank_and_is_not_sent(
    ben: Browser, ada: Customer
) -> None:
    save(ben, "hi", "Hi {first_name}, that makes {amount}.")
    (text,) = offered(ben, ada, "hi")
    assert text == "Hi {first_name}, that makes {amount}."
    page = ben.get(f"/conversations/{ada.conversation.id}")

    page = ben.submit(page, ".composer__form", body=text, expect=422)

    problem = page.select_one("#problem").get_text()
    assert problem == "Fill in {first_name}, {amount} before sending."
    assert page.select_one("#body").get_text().strip() == text
    assert len(ada.messages) == 1


def test_a_new_conversation_does_not_begin_with_a_blank(ben: Browser) -> None:
    page = ben.get("/conversations/new")
    line = page.select("select[name=line] option")[-1]["value"]

    page = ben.submit(
        page, number="+12025550143", body="Dear {___}", line=line, expect=422
    )

    assert "Fill in {___} before sending." in page.get_text()


@pytest.mark.parametrize("body", ["{}", "{ x }", "{1}", "a {b", "f(x) = {x | x > 1}"])
def test_other_braces_are_ordinary_letters(body: str) -> None:
    assert saved_replies.unfilled(body) is None


def test_without_a_script_it_is_used_from_the_page(ben: Browser, ada: Customer) -> None:
    save(ben, "hours", "We open at nine.")
    page = ben.get(f"/saved-replies?for={ada.conversation.id}")

    page = ben.follow(page, "Use it")

    assert page.select_one("#body").get_text().strip() == "We open at nine."


@pytest.mark.parametrize(
    ("shortcut", "body", "sentence"),
    [
        ("two words", "Yes", "Use a word of small letters"),
        ("hours", "Yes", "already a reply under this word"),
        ("fine", " ", "Write the reply."),
    ],
)
def test_what_will_not_do_is_refused_and_stays_in_the_form(
    ben: Browser, shortcut: str, body: str, sentence: str
) -> None:
    save(ben, "hours", "We open at nine.")
    page = ben.get("/saved-replies")
    typed = {"shortcut": shortcut, "title": "T", "body": body}

    page = ben.submit(page, ADD, **typed, expect=422)

    assert sentence in page.get_text()
    assert page.select_one("#shortcut")["value"] == shortcut


def test_its_author_and_admins_may_change_it_and_nobody_else(
    ana: Browser, ben: Browser
) -> None:
    save(ana, "hours", "We open at nine.")
    there = "/saved-replies"
    assert not [a for a in ben.get(there).select("a") if a.get_text() == "Edit"]

    page = ana.follow(ana.get(there), "Edit")
    ben.get(page.path, expect=403)
    page = ana.submit(page, body="We open at ten.")

    assert "We open at ten." in page.get_text()


def test_admins_archive_and_the_word_is_free_again(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = save(ben, "hours", "We open at nine.")
    assert not page.select("form[action$='/archival']")

    ana.submit(ana.get("/saved-replies"), "form[action$='/archival']")
    assert offered(ben, ada, "hours") == []

    save(ben, "hours", "We open at ten.")
    assert offered(ben, ada, "hours") == ["We open at ten."]
