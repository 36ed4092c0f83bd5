"""A conversation's row follows its thread, whoever commits first."""

import threading

from conversations.db import db, utcnow
from conversations.models import Conversation, Message
from conversations.texting import sending, settling, thread
from conversations.texting.sending import Draft
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.texting.thread import Added
from tests.support.cast import Customer, we_reply, writing
from tests.support.stage import Stage


def test_a_text_that_is_committed_late_does_not_move_the_row_back(
    ada: Customer,
) -> None:
    first, second = we_reply(ada, "first"), we_reply(ada, "second")
    id = ada.conversation.id
    with writing():
        settling.apply([News(message_id=second.id, status=Status.FAILED, at=utcnow())])

    with writing():
        thread.add_all([Added(id, first.id, utcnow(), "first", "Ana", inbound=False)])

    row = ada.conversation
    assert (row.last_outbound_id, row.last_outbound_status) == (second.id, "failed")
    assert row.preview == "second"


def test_a_reply_comes_after_the_text_that_is_being_taken_in(
    stage: Stage, ada: Customer
) -> None:
    id, replied = ada.conversation.id, []
    with stage.app.app_context():
        db.session.connection()
        thread.hold([id])
        other = threading.Thread(target=reply_elsewhere, args=(stage, id, replied))
        other.start()
        ours = sending.new_message(db.session.get_one(Conversation, id), draft("ours"))
        db.session.add(ours)
        db.session.flush()
        earlier = ours.id
        db.session.commit()
    other.join(10)

    assert replied[0] > earlier


def reply_elsewhere(stage: Stage, id: int, replied: list[int]) -> None:
    with stage.app.app_context():
        conversation = db.session.get_one(Conversation, id)
        message = sending.reply(conversation, draft("theirs"))
        db.session.commit()
        replied.append(message.id)


def draft(body: str) -> Draft:
    return Draft(body=body, author="Ana")


def test_answers_texts_and_reports_that_cross_never_wait_in_a_circle(
    stage: Stage, ada: Customer
) -> None:
    reply = we_reply(ada, "Hi")
    errors: list[Exception] = []
    over = threading.Event()

    def settle() -> None:
        try:
            while not over.is_set():
                settle_once(stage, reply.id)
        except Exception as error:
            errors.append(error)

    other = threading.Thread(target=settle)
    other.start()
    try:
        for n in range(10):
            ada.texts(f"text {n}")
            ada.caller.status({"ref": reply.reference, "status": "Sent"})
            stage.read()
    finally:
        over.set()
        other.join(10)

    assert not errors


def settle_once(stage: Stage, message_id: int) -> None:
    with stage.app.app_context():
        answer = News(message_id=message_id, status=None, at=utcnow(), provider_id="x")
        settling.apply([answer])
        conversation_id = db.session.get_one(Message, message_id).conversation_id
        thread.show_status([(conversation_id, message_id, Status.SENT)])
        db.session.commit()
