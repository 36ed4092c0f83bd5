"""Pages in the language of who reads them: the agent's, else the browser's."""

import pytest
from flask import Flask
from flask_babel import force_locale

from conversations.config import BadSetting, Config
from conversations.texting import phone
from conversations.web.languages import spoken
from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

ITALIAN = {"Accept-Language": "it-IT,it;q=0.9,en;q=0.5"}


@pytest.fixture
def carlo(ben: Browser) -> Browser:
    """Ben, who has chosen Italian."""
    ben.submit(ben.get("/profile"), language="it")
    return ben


def language_of(page: Page) -> tuple[str, str]:
    html = page.select_one("html")
    return html["lang"], html["dir"]


def test_an_agent_who_chose_italian_reads_italian(carlo: Browser) -> None:
    page = carlo.get("/conversations")

    assert language_of(page) == ("it", "ltr")
    assert "In arrivo" in page.select_one(".rail").get_text()
    assert carlo.get("/profile").select_one("h1").get_text() == "Profilo"


def test_a_thread_speaks_the_language_of_who_reads_it(
    carlo: Browser, ana: Browser, ada: Customer
) -> None:
    address = f"/conversations/{ada.conversation.id}"

    assert "Rispondi" in carlo.get(address).select_one(".writing").get_text()
    assert "Reply" in ana.get(address).select_one(".writing").get_text()


def test_a_live_piece_speaks_the_language_of_who_fetches_it(
    carlo: Browser, ana: Browser, ada: Customer
) -> None:
    address = f"/conversations/{ada.conversation.id}/row"

    assert "Da leggere" in carlo.fragment(address).get_text()
    assert "Unread" in ana.fragment(address).get_text()


def test_what_happened_is_told_to_everybody_in_their_language(
    carlo: Browser, ana: Browser, ada: Customer
) -> None:
    address = f"/conversations/{ada.conversation.id}"
    carlo.submit(carlo.get(address), button="Prendi in carico")

    assert "ha preso in carico questa conversazione" in carlo.get(address).get_text()
    assert "took this conversation" in ana.get(address).get_text()


def test_a_refusal_is_said_in_the_language_of_the_agent(
    carlo: Browser, ada: Customer
) -> None:
    thread = carlo.get(f"/conversations/{ada.conversation.id}")
    page = carlo.submit(thread, ".composer__form", body="", expect=422)

    said = page.select_one("#problem").get_text()
    assert said == "Scrivi un messaggio prima di inviare."


def test_a_reply_that_was_overtaken_is_held_in_the_language_of_the_agent(
    stage: Stage, carlo: Browser, ada: Customer
) -> None:
    thread = carlo.get(f"/conversations/{ada.conversation.id}")
    ada.texts("One more thing")
    stage.read()
    page = carlo.submit(thread, ".composer__form", body="Yes", expect=409)

    assert "mentre scrivevi" in page.select_one("#outdated-title").get_text()


def test_a_fault_in_a_form_is_said_in_the_language_of_the_agent(carlo: Browser) -> None:
    page = carlo.submit(carlo.get("/profile"), name="", language="it", expect=422)

    assert "Scrivi il tuo nome." in page.get_text()


def test_choosing_nothing_follows_the_browser_again(carlo: Browser) -> None:
    carlo.submit(carlo.get("/profile"), language="")

    assert language_of(carlo.get("/conversations"))[0] == "en"
    assert language_of(carlo.get("/conversations", headers=ITALIAN))[0] == "it"


def test_a_language_that_is_not_ours_is_refused(ben: Browser) -> None:
    page = ben.get("/profile")
    token = page.select_one("#profile-csrf")["value"]
    fields = {"name": "Ben", "time_zone": "Etc/UTC", "undo_seconds": "5"}
    form = {"csrf_token": token, "language": "xx", **fields}

    assert ben.client.post("/profile", data=form).status_code == 422


@pytest.mark.parametrize(
    ("asked", "given"),
    [("it-IT,it;q=0.9", "it"), ("de,it;q=0.5", "it"), ("de", "en"), ("", "en")],
)
def test_before_the_sign_in_the_browser_says_the_language(
    browser: Browser, asked: str, given: str
) -> None:
    page = browser.get("/sign-in", headers={"Accept-Language": asked})

    assert language_of(page)[0] == given
    heading = {"it": "Accedi", "en": "Sign in"}[given]
    assert page.select_one("h1").get_text() == heading


def test_an_error_is_explained_in_the_language_of_the_browser(browser: Browser) -> None:
    page = browser.get("/nothing-here", expect=404, headers=ITALIAN)

    assert page.select_one("h1").get_text() == "Qui non c\u2019è nulla"


def test_a_default_language_that_is_not_ours_is_refused() -> None:
    with pytest.raises(BadSetting, match="DEFAULT_LANGUAGE"):
        Config.from_env({"DEFAULT_LANGUAGE": "klingon"})


def test_two_sentences_stored_as_one_are_both_translated(app: Flask) -> None:
    with app.test_request_context(), force_locale("it"):
        said = spoken("The phone was busy. Wait a while, then send it again.")

    assert (
        said == "Il telefono era occupato. Aspetta un po\u2019, poi invialo di nuovo."
    )


def test_a_sentence_with_its_blanks_filled_in_is_translated(app: Flask) -> None:
    with pytest.raises(phone.InvalidAddress) as caught:
        phone.parse("12")
    english = str(caught.value)
    with app.test_request_context(), force_locale("it"):
        said = spoken(english)

    assert "12" in english
    assert "12" in said
    assert said.endswith("come in +12025550142.")


def test_words_that_nobody_translated_stay_as_they_are(app: Flask) -> None:
    with app.test_request_context(), force_locale("it"):
        assert spoken("The carrier is <b>down</b>. 100%") == (
            "The carrier is <b>down</b>. 100%"
        )
