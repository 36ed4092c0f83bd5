"""What happened to a conversation, as a line in its thread."""

from conversations.texting import events
from conversations.texting.events import Kind
from tests.support.cast import Customer, writing
from tests.support.pages import Browser


def happens(customer: Customer) -> None:
    with writing():
        events.say(customer.conversation, Kind.ASSIGNED, to="Cleo")


def test_an_event_stands_in_the_thread(ben: Browser, ada: Customer) -> None:
    happens(ada)

    thread = ben.get(f"/conversations/{ada.conversation.id}")

    line = thread.select_one(".message--event").get_text()
    assert "Parley assigned this conversation to Cleo" in line


def test_an_event_makes_nothing_unread(ben: Browser, ada: Customer) -> None:
    here = f"/conversations/{ada.conversation.id}"
    ben.submit(ben.get(here), button="Mark as read")

    happens(ada)

    assert not ben.get("/conversations").select(".row--unread")
    assert not ben.get(here).select("#new-since")
