"""Notes: for colleagues, never for the customer; and who is named in one is told."""

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.models import Agent, Team, TeamMember
from conversations.texting.status import Status
from tests.support.cast import Customer, the, writing
from tests.support.forms import find_form, submission
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

NOTE = "#noter form"


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}?mode=note")


def row(browser: Browser) -> str:
    return str(browser.get("/conversations").select_one(".row").get_text())


def test_a_note_stands_in_the_thread_with_who_wrote_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), NOTE, note="She has called twice")

    note = thread(ana, ada).select(".message--note")[-1].get_text()
    assert "She has called twice" in note
    assert "Ben Okafor" in note
    assert "Only colleagues see this" in note


def test_a_note_is_never_sent(
    kaleyra: object, stage: Stage, ben: Browser, ada: Customer
) -> None:
    ben.submit(thread(ben, ada), NOTE, note="Careful with her")
    stage.work()

    note = ada.messages[-1]
    assert (note.status, note.reference, note.attempts) == (Status.NOTED, None, 0)


def test_a_note_changes_nothing_in_the_inbox(
    ana: Browser, ben: Browser, ada: Customer, bob: Customer
) -> None:
    before = [each.get_text() for each in ana.get("/conversations").select(".row")]

    ben.submit(thread(ben, ada), NOTE, note="Careful with her")

    after = [each.get_text() for each in ana.get("/conversations").select(".row")]
    assert after == before


def test_a_note_holds_nobodys_reply(ana: Browser, ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    ana.submit(thread(ana, ada), NOTE, note="I am on it")

    ben.submit(page, body="One moment")

    assert ada.messages[-1].body == "One moment"


def test_a_note_can_be_added_where_nothing_can_be_sent(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts("STOP")
    stage.read()

    ben.submit(thread(ben, ada), NOTE, note="Call her instead")

    assert ada.messages[-1].body == "Call her instead"


def test_the_form_for_notes_cannot_text_nor_the_other_note(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)

    reply = page.select_one("#composer form")
    note = page.select_one(NOTE)
    assert not reply.select("[name=note]")
    assert not note.select("[name=body]")
    assert page.select_one("#composer").has_attr("hidden")
    ben.submit(page, NOTE, note="Mine", button="Add note")
    assert ada.messages[-1].direction == "note"


@pytest.mark.parametrize(
    ("note", "sentence"),
    [(" \n", "Write a note"), ("x" * 4001, "longer than 4000 characters")],
)
def test_a_note_that_will_not_do_is_refused_and_kept(
    ben: Browser, ada: Customer, note: str, sentence: str
) -> None:
    page = ben.submit(thread(ben, ada), NOTE, note=note, expect=422)

    assert sentence in page.select_one("#note-problem").get_text()
    assert page.select_one("textarea[name=note]").get_text().strip() == note.strip()
    assert not page.select_one("#noter").has_attr("hidden")


def test_the_same_note_twice_is_one(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    ben.submit(page, NOTE, note="Once")
    ben.submit(page, NOTE, note="Once")

    assert [message.body for message in ada.messages].count("Once") == 1


def test_a_draft_of_a_note_is_not_a_draft_of_a_reply(
    ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    token = page.select_one("#noter [name=csrf_token]")["value"]
    kept = page.select_one("#noter")["data-kept"]
    ben.client.post(kept, data={"body": "Do not say", "csrf_token": token})

    page = thread(ben, ada)

    assert page.select_one("#note").get_text().strip() == "Do not say"
    assert page.select_one("#body").get_text().strip() == ""


def test_who_is_named_is_told_until_they_have_seen_it(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    ana.submit(thread(ana, ada), ".thread__mark")

    ben.submit(thread(ben, ada), NOTE, note="@Ana Ruiz, what do you think?")

    assert "Mentioned" in row(ana)
    assert "Mentioned" not in row(ben)
    page = thread(ana, ada)
    assert page.select(".message--for-me")
    ana.submit(page, ".thread__mark")
    assert "Mentioned" not in row(ana)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("@ana please", True),
        ("@ANA RUIZ!", True),
        ("write to ana@ana.example", False),
        ("@Anastasia knows", False),
        ("ana knows", False),
    ],
)
def test_a_name_counts_after_an_at_sign_as_a_word(
    ana: Browser, ben: Browser, ada: Customer, note: str, *, told: bool
) -> None:
    ben.submit(thread(ben, ada), NOTE, note=note)

    assert ("Mentioned" in row(ana)) is told


def test_only_who_may_see_the_conversation_can_be_named(
    ana: Browser, ben: Browser, ada: Customer
) -> None:
    there = f"/conversations/{ada.conversation.id}/names?q="
    assert "Ben Okafor" in ana.fragment(there).get_text()
    with writing():
        team = Team(name="Returns")
        db.session.add(team)
        db.session.flush()
        who = the(select(Agent).where(Agent.email == "ana@example.com"))
        db.session.add(TeamMember(team_id=team.id, agent_id=who.id))
        db.session.merge(ada.conversation).team_id = team.id

    found = ana.fragment(there).get_text()

    assert "Ana Ruiz" in found
    assert "Ben Okafor" not in found


def test_a_script_gets_the_note_alone(ben: Browser, ada: Customer) -> None:
    page = thread(ben, ada)
    request = submission(
        page, find_form(page, ["note", "note_key"]), {"note": "Hm"}
    ).request

    piece = ben._open(201, headers={"HX-Request": "true"}, **request)

    (message,) = piece.select(".message")
    assert message["data-id"] == str(ada.messages[-1].id)


def test_programs_are_never_told_of_notes(ben: Browser, ada: Customer) -> None:
    ben.submit(thread(ben, ada), NOTE, note="Between us")

    assert not ada.messages[-1].texted
