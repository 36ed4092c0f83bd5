"""Starting a conversation with a number."""

from sqlalchemy import func, select

from conversations.models import Conversation, Customer, Message
from tests.support import cast
from tests.support.cast import everything, the
from tests.support.pages import Browser
from tests.support.stage import Stage


def test_a_first_text_opens_a_conversation_with_a_new_number(ben: Browser) -> None:
    page = ben.get("/conversations/new")

    page = ben.submit(page, number="+44 20 7946 0018", body="Your key is ready")

    assert page.h1.get_text() == "+44 20 7946 0018"
    message = the(select(Message))
    assert (message.body, message.author) == ("Your key is ready", "Ben Okafor")
    assert the(select(Customer)).address == "+442079460018"


def has_read(browser: Browser, customer: cast.Customer) -> None:
    there = f"/conversations/{customer.conversation.id}"
    token = browser.get(there).select_one("input[name=csrf_token]")["value"]
    newest = customer.conversation.last_message_id
    said = {"csrf_token": token, "message": newest}
    assert browser.client.post(f"{there}/read-mark", data=said).status_code == 303


def test_a_number_we_know_leads_to_the_conversation_there_is(
    ben: Browser, ada: cast.Customer
) -> None:
    has_read(ben, ada)
    page = ben.get("/conversations/new")

    page = ben.submit(page, number="+1 (202) 555-0142", body="One more thing")

    assert page.path == f"/conversations/{ada.conversation.id}"
    assert [m.body for m in ada.messages][-1] == "One more thing"


def test_on_another_line_it_is_another_conversation(
    ben: Browser, ada: cast.Customer
) -> None:
    page = ben.get("/conversations/new")
    _, short_code = page.select("#line option")

    ben.submit(
        page, number="+12025550142", body="From the code", line=short_code["value"]
    )

    assert the(select(func.count()).select_from(Conversation)) == 2
    assert the(select(func.count()).select_from(Customer)) == 1


def test_a_number_that_is_none_is_refused_in_words_and_nothing_is_lost(
    ben: Browser,
) -> None:
    page = ben.get("/conversations/new")

    for number, sentence in (
        ("", "Type the phone number to text"),
        ("2025550142", "Begin with + and the country code"),
        ("+1202", "too short"),
        ("KLRHXA", "a sender's name"),
        ("1" * 61, "too long"),
    ):
        wrong = ben.submit(page, number=number, body="Keep this", expect=422)
        assert sentence in wrong.select_one("#number-error").get_text()
        assert wrong.select_one("#number")["value"] == number
        assert wrong.select_one("#body").get_text().strip() == "Keep this"
    assert everything(select(Customer)) == []


def test_an_empty_text_opens_nothing(ben: Browser) -> None:
    page = ben.get("/conversations/new")

    wrong = ben.submit(page, number="+12025550142", body=" ", expect=422)

    assert "Write a message" in wrong.select_one("#body-error").get_text()
    assert everything(select(Customer)) == []
    assert everything(select(Conversation)) == []


def test_a_customer_who_opted_out_cannot_be_reached_this_way_either(
    stage: Stage, ben: Browser, ada: cast.Customer
) -> None:
    ada.texts("STOP")
    stage.read()

    page = ben.get("/conversations/new")
    page = ben.submit(page, number=ada.number, body="Hello again", expect=422)

    assert "opted out" in page.get_text()
    assert "Hello again" not in [m.body for m in ada.messages]


def test_the_form_sent_twice_is_one_text(ben: Browser, ada: cast.Customer) -> None:
    has_read(ben, ada)
    page = ben.get("/conversations/new")

    ben.submit(page, number=ada.number, body="Once")
    ben.submit(page, number=ada.number, body="Once")

    assert [m.body for m in ada.messages].count("Once") == 1
