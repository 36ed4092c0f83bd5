"""The words for statuses, rows and people."""

import pytest

from conversations.models import Agent, Conversation, Customer
from conversations.texting.status import Status
from conversations.web.showing import people, wording


def test_every_status_has_words_and_an_icon() -> None:
    assert wording.MARKS.keys() == set(Status)
    assert all(mark.words and mark.icon for mark in wording.MARKS.values())


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada King Lovelace", "AL"),
        ("ada", "A"),
        ("(the) Boss", "B"),
        ("Élodie d'Arc", "ÉD"),
        ("😀 😀", ""),
        ("", ""),
    ],
)
def test_a_face_shows_the_first_and_the_last_initial(name: str, initials: str) -> None:
    assert people.initials(name) == initials


@pytest.mark.parametrize(
    ("author", "author_id", "speaker"),
    [
        ("Ana Ruiz", 1, "You"),
        ("Ana under another name", 1, "You"),
        ("Ana Ruiz", 2, "Ana"),
        ("the shop", None, "the"),
        (None, None, None),
    ],
)
def test_the_row_says_who_spoke_last(
    author: str | None, author_id: int | None, speaker: str | None
) -> None:
    conversation = Conversation(
        last_message_id=2,
        last_inbound_id=1,
        last_author=author,
        last_author_id=author_id,
    )

    assert wording.speaker(conversation, Agent(id=1, name="Ana Ruiz")) == speaker


def test_a_customer_without_a_name_is_called_by_the_number() -> None:
    ben = Agent(role="agent")
    nameless, named = (Customer(address="+12025550142", name=n) for n in (None, "Ada"))

    assert people.called(nameless, ben) == "+1 202-555-0142"
    assert people.called(named, ben) == "Ada"
