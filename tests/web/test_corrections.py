"""What admins say that a callback really is, and how it is read then."""

from sqlalchemy import select, update

from conversations.db import db
from conversations.models import Callback, Conversation, DeliveryReport, Message
from tests.support.cast import Caller, Customer, everything, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import LINE, Stage
from tests.web.journal_page import NONSENSE, first_of, notes


def test_what_an_admin_says_is_a_text_becomes_one_message(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))
    raw = the(select(Callback)).body

    page = ana.submit(
        page, "form[action$='/text']", customer="+1 202 555 0142", line=LINE,
        body="I'd like a refund", provider_id="",
    )  # fmt: skip
    assert "will be read in a moment" in page.get_text()
    stage.read()

    callback = the(select(Callback))
    message = the(select(Message))
    assert (callback.outcome, callback.message_id) == ("read", message.id)
    assert (callback.body, callback.corrected_by) == (raw, "Ana Ruiz")
    assert message.body == "I'd like a refund"
    page = ana.get(f"/callbacks/{callback.id}")
    assert "by Ana Ruiz" in page.get_text()
    assert not page.select("form[action$='/text']")


def test_a_correction_is_a_text_like_any_other(
    stage: Stage, ana: Browser, ada: Customer
) -> None:
    """Its id makes it the same as one that came, and STOP closes the conversation."""
    ada.texts("Once", id="same")
    for _ in range(2):
        ada.caller.inbound(NONSENSE)
    stage.read()
    first, second = everything(
        select(Callback.id)
        .where(Callback.outcome == "unreadable")
        .order_by(Callback.id)
    )

    correct(ana, first, body="Once", provider_id="same")
    correct(ana, second, body="STOP", provider_id="")
    stage.read()

    assert [m.body for m in ada.messages][1:] == ["Once", "STOP"]
    assert the(select(Callback.outcome).where(Callback.id == first)) == "duplicate"
    assert ada.conversation.opted_out_at


def correct(admin: Browser, callback_id: int, **said: str) -> Page:
    page = admin.get(f"/callbacks/{callback_id}")
    said = {"customer": "+12025550142", "line": LINE} | said
    return admin.submit(page, "form[action$='/text']", **said)


def test_another_text_under_the_same_id_can_be_made_a_message_of_its_own(
    stage: Stage, ana: Browser, ada: Customer
) -> None:
    ada.texts("First", id="same")
    ada.texts("Second", id="same")
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))

    page = ana.submit(page, "form[action$='/text']", provider_id="")
    stage.read()

    assert [m.body for m in ada.messages][1:] == ["First", "Second"]
    assert "Correct the reading" not in ana.get(page.path).get_text()


def test_a_corrected_report_moves_its_text(
    stage: Stage, ana: Browser, ada: Customer, kaleyra_calls: Caller
) -> None:
    reply = we_reply(ada, "Yes")
    with writing():
        values = {"status": "accepted", "provider_id": "k-1:1", "batch_id": "k-1"}
        db.session.execute(update(Message).where(Message.id == reply.id).values(values))
    kaleyra_calls.status({"id": "k-1:1", "status": "ZORK"})
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))
    assert page.select_one("#report_id")["value"] == "k-1:1"

    ana.submit(page, "form[action$='/report']", status="delivered")
    stage.read()

    assert the(select(Message.status).where(Message.id == reply.id)) == "delivered"
    assert len(everything(select(DeliveryReport))) == 1


def test_a_report_corrected_without_an_id_is_asked_for_one(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.status(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))

    page = ana.submit(page, "form[action$='/report']", expect=422)

    assert "Type our reference" in page.get_text()
    assert page.select_one("details[open] #report_id")
    correct_with_no_number = ana.submit(
        page, "form[action$='/text']", customer="nobody at all", expect=422
    )
    assert "not a phone number" in correct_with_no_number.get_text()


def test_what_is_nothing_is_set_aside_and_can_be_taken_up_again(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))

    page = ana.submit(page, "form[action$='/aside']")

    assert "Set aside" in page.get_text()
    assert not notes(ana.get("/callbacks"))
    assert len(notes(ana.get("/callbacks?outcome=aside"))) == 1
    ana.submit(page, "form[action$='/replay']")
    stage.read()
    assert len(notes(ana.get("/callbacks"))) == 1


def test_a_correction_can_be_dropped(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.status(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))
    page = ana.submit(page, "form[action$='/report']", report_id="k-9:1")
    stage.read()
    assert the(select(Callback.outcome)) == "parked"

    page = ana.submit(ana.get(page.path), "form[action$='/replay-as-it-came']")
    stage.read()

    callback = the(select(Callback))
    assert (callback.outcome, callback.correction) == ("unreadable", None)
    assert not everything(select(DeliveryReport))


def test_a_callback_that_waits_to_be_read_is_not_corrected(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))
    ana.submit(page, "form[action$='/aside']")
    with writing():
        db.session.execute(update(Callback).values(outcome="new"))

    page = ana.submit(page, "form[action$='/aside']", expect=409)

    assert "Nothing was changed" in page.get_text()
    assert the(select(Callback.outcome)) == "new"


def test_an_odd_message_that_was_looked_into_is_set_aside_and_stays(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(
        {"source": "12025550142", "recipient": "12025550177", "message": "Hi"}
    )
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))

    page = ana.submit(page, "form[action$='/aside']")

    assert not notes(ana.get("/callbacks"))
    assert the(select(Callback.message_id)) == the(select(Message.id))
    assert not page.select("form[action$='/replay']")


def test_a_line_that_is_not_ours_cannot_be_chosen(
    stage: Stage, ana: Browser, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.inbound(NONSENSE)
    stage.read()
    page = first_of(ana, ana.get("/callbacks"))
    token = page.select_one("#text-csrf")["value"]

    said = {"csrf_token": token, "customer": "+12025550142", "line": "+12025550177"}
    answer = ana.client.post(
        f"{page.path}/text", data=said, headers={"Referer": page.url}
    )

    assert answer.status_code == 422
    assert not everything(select(Conversation))
