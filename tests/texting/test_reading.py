"""Reading the journal when something in it cannot be stored."""

from sqlalchemy import select

from conversations.models import Callback
from conversations.texting.outcome import Kind
from tests.support.breaking import refusing_messages
from tests.support.cast import Customer, everything
from tests.support.stage import Stage


def test_what_cannot_be_stored_is_set_aside_and_all_others_are_read_in_order(
    stage: Stage, ada: Customer
) -> None:
    said = [f"Text {number}" for number in range(40)]
    for words in [*said[:25], "Not this one", *said[25:], "Nor this one"]:
        ada.texts(words)

    with refusing_messages("No%this one"):
        stage.read()

    assert [message.body for message in ada.messages[1:]] == said
    aside = select(Callback).where(Callback.outcome == Kind.UNREADABLE)
    notes = [callback.note for callback in everything(aside)]
    assert ["Storing it failed" in note for note in notes] == [True, True]
