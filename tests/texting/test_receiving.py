"""What customers text becomes messages in their one conversation."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from conversations.models import Callback, Conversation, Customer, Line, Message
from tests.support.cast import Caller, everything, the
from tests.support.cast import Customer as Texter
from tests.support.stage import LINE, SHORT_CODE, Stage


def outcomes() -> list[str]:
    return everything(select(Callback.outcome).order_by(Callback.id))


def test_a_text_starts_a_conversation(ada: Texter) -> None:
    (message,) = ada.messages

    assert (message.body, message.direction) == ("Hi, is my order ready?", "inbound")
    assert (message.status, message.segments) == ("received", 1)
    assert ada.conversation.customer.address == "+12025550142"
    assert ada.conversation.line.address == LINE


def test_the_next_text_joins_the_same_conversation(stage: Stage, ada: Texter) -> None:
    ada.texts("Hello?")
    stage.read()

    assert [m.body for m in ada.messages] == ["Hi, is my order ready?", "Hello?"]
    assert ada.conversation.preview == "Hello?"
    assert ada.conversation.last_message_id == ada.messages[-1].id


def test_the_same_id_twice_is_one_message(stage: Stage, ada: Texter) -> None:
    ada.texts("Once", id="same")
    ada.texts("Once", id="same")
    stage.read()
    ada.texts("Once", id="same")
    stage.read()

    assert [m.body for m in ada.messages][1:] == ["Once"]
    assert outcomes()[1:] == ["read", "duplicate", "duplicate"]


def test_the_same_text_fifty_times_at_once_is_one_message(
    stage: Stage, ada: Texter
) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: text_over_there(stage), range(50)))
    stage.read()

    assert {answer.status_code for answer in answers} == {200}
    assert [m.body for m in ada.messages][1:] == ["At once"]


def text_over_there(stage: Stage):
    caller = Caller(stage.app.test_client(), stage.config.hook_token)
    return Texter("+12025550142", LINE, caller).texts("At once", id="same")


def test_without_an_id_the_same_words_at_the_same_time_are_one(
    stage: Stage, ada: Texter
) -> None:
    ada.texts("ok", id="", timestamp="2026-11-22 10:00:01", kid="")
    ada.caller.inbound(anonymous("ok", "2026-11-22 10:00:01"))
    ada.caller.inbound(anonymous("ok", "2026-11-22 10:00:01"))
    ada.caller.inbound(anonymous("ok", "2026-11-22 10:00:02"))
    stage.read()

    bodies = [m.body for m in ada.messages]
    assert bodies[2:] == ["ok", "ok"]


def anonymous(body: str, timestamp: str) -> dict[str, str]:
    return {
        "source": "12025550142",
        "recipient": LINE,
        "message": body,
        "timestamp": timestamp,
    }


def test_another_text_under_the_same_id_is_shown_to_an_admin(
    stage: Stage, ada: Texter
) -> None:
    ada.texts("First", id="same")
    ada.texts("Second", id="same")
    stage.read()

    assert [m.body for m in ada.messages][1:] == ["First"]
    assert outcomes()[1:] == ["read", "odd"]


def test_texts_stand_in_the_order_in_which_they_came(stage: Stage, ada: Texter) -> None:
    bodies = [f"{n}" for n in range(30)]
    for body in bodies:
        ada.texts(body)
    stage.read()

    assert [m.body for m in ada.messages][1:] == bodies


def test_each_line_has_its_own_conversation_with_a_customer(
    stage: Stage, ada: Texter
) -> None:
    Texter(ada.number, SHORT_CODE, ada.caller).texts("To the short code")
    stage.read()

    assert the(select(func.count()).select_from(Conversation)) == 2
    assert the(select(func.count()).select_from(Customer)) == 1


def test_sides_swapped_make_no_difference(stage: Stage, ada: Texter) -> None:
    ada.caller.inbound(
        {"source": LINE, "recipient": "12025550142", "message": "Swapped", "id": "s"}
    )
    stage.read()

    assert ada.messages[-1].body == "Swapped"
    assert ada.messages[-1].inbound


def test_a_text_to_a_number_nobody_configured_is_seen_and_cannot_be_answered(
    stage: Stage, kaleyra_calls: Caller
) -> None:
    Texter("+12025550142", "+12025550199", kaleyra_calls).texts("Anybody there?")
    stage.read()

    message = the(select(Message))
    line = the(select(Line).where(Line.address == "+12025550199"))
    assert message.body == "Anybody there?"
    assert line.retired
    assert outcomes() == ["odd"]


def test_what_cannot_be_read_is_kept_and_said_why(
    stage: Stage, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.post("inbound", data=b"\x00\xff not json at all")
    stage.read()

    callback = the(select(Callback))
    assert callback.outcome == "unreadable"
    assert callback.note
    assert callback.body == b"\x00\xff not json at all"


def test_something_unreadable_does_not_stop_the_others(
    stage: Stage, ada: Texter
) -> None:
    ada.caller.post("inbound", data=b"[" * 30_000)
    ada.texts("After it")
    stage.read()

    assert ada.messages[-1].body == "After it"


def test_hostile_characters_are_stored_on_both_databases(
    stage: Stage, ada: Texter
) -> None:
    ada.caller.post(
        "inbound",
        data=b'{"source":"12025550142","recipient":"12025550100","id":"h",'
        b'"message":"nul \\u0000, half \\ud83d, bell \\u0007 <script>"}',
    )
    stage.read()

    body = ada.messages[-1].body
    assert body == "nul \ufffd, half \ufffd, bell \x07 <script>"


def test_an_empty_text_is_a_message_too(stage: Stage, ada: Texter) -> None:
    ada.texts("")
    stage.read()

    assert ada.messages[-1].body == ""
    assert len(ada.messages) == 2


def test_a_text_that_came_to_the_report_address_is_not_lost(
    stage: Stage, ada: Texter
) -> None:
    ada.caller.status(
        {
            "source": "12025550142",
            "recipient": LINE,
            "message": "Wrong address",
            "id": "w",
        }
    )
    stage.read()

    assert ada.messages[-1].body == "Wrong address"


def test_an_id_too_long_for_an_index_stops_nobody(stage: Stage, ada: Customer) -> None:
    rare = "".join(chr(0x4E00 + n * 37 % 20000) for n in range(500))

    ada.texts("odd", message_id=rare, message_subid=rare)
    ada.texts("next")
    stage.read()

    assert [message.body for message in ada.messages][-2:] == ["odd", "next"]
