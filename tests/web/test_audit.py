"""Who saw and did what is noted with the act, in nobody's words."""

from datetime import timedelta

from flask import Flask

from conversations.db import utcnow
from conversations.desk import tags
from conversations.desk.audit import Act, noting
from tests.support.cast import Customer, writing
from tests.support.pages import Browser
from tests.support.teams import agent_named, team_of
from tests.web.audit_trail import WORD, acts, post, token, trail
from tests.web.conftest import PASSWORD, make_agent


def test_signing_in_wrongly_and_rightly_and_out(app: Flask, browser: Browser) -> None:
    ben = Browser(app.test_client())
    ben.sign_in(make_agent("Ben Okafor"), PASSWORD)
    page = browser.get("/sign-in")
    for email in ("ben@example.com", "nobody@example.com"):
        browser.submit(page, email=email, password="not this", expect=422)
    ben.client.post("/sign-out", data={"csrf_token": token(ben)})

    assert acts() == ["signed_in", *["sign_in_refused"] * 2, "signed_out"]
    refused, unknown = trail()[1:3]
    assert (refused.subject_id, unknown.subject_id) == (agent_named("Ben").id, None)
    assert "nobody" not in unknown.detail


def test_opening_a_thread_is_noted_once_in_a_while(ben: Browser, ada: Customer) -> None:
    here = f"/conversations/{ada.conversation.id}"
    for _ in range(3):
        ben.get(here)
    noting.seen.keys.clear()  # as another process would see it
    ben.get(here)

    opened = [row for row in trail() if row.act == Act.OPENED]
    assert [row.subject_id for row in opened] == [ada.conversation.id]
    assert opened[0].agent == "Ben Okafor"


def test_what_a_page_fetches_by_itself_is_no_look(ben: Browser, ada: Customer) -> None:
    here = f"/conversations/{ada.conversation.id}"
    for path in (here, f"{here}/messages"):
        ben.get(path, headers={"X-Background": "true"})

    assert Act.OPENED not in acts()


def test_who_reads_the_texts_without_their_page_looks_too(
    ben: Browser, ada: Customer
) -> None:
    ben.fragment(f"/conversations/{ada.conversation.id}/messages")

    assert Act.OPENED in acts()


def test_what_agents_do_to_customers_leaves_rows_without_words(
    ben: Browser, ada: Customer
) -> None:
    here = f"/conversations/{ada.conversation.id}"
    ben.submit(ben.get(here), "#composer form", body=f"{WORD} +12025550142")
    ben.submit(ben.get(here), ".naming__form", name=WORD)
    ben.submit(ben.get(f"{here}/export"), button="Download")

    assert {Act.REPLIED, Act.NAMED, Act.EXPORTED} <= set(acts())
    assert not any(WORD in row.detail or "2025550" in row.detail for row in trail())


STATES: dict[str, dict[str, str]] = {
    "answered": {"seen": "999999"},
    "unanswered": {},
    "follow-up": {"at": f"{utcnow() + timedelta(days=9):%Y-%m-%dT%H:%M}", "note": WORD},
    "followed-up": {},
    "snooze": {"until": "", "seen": "999999"},
    "awake": {},
    "tags": {"tag": "orders"},
    "closed": {"seen": "999999"},
    "open": {},
}


def test_what_agents_decide_leaves_a_row_each(ben: Browser, ada: Customer) -> None:
    with writing():
        tags.make("orders")
    here = f"/conversations/{ada.conversation.id}"
    before = len(trail())

    for door, form in STATES.items():
        post(ben, f"{here}/{door}", **form)

    rows = trail()[before:]
    assert [row.act for row in rows] == [Act.STATE_CHANGED] * len(STATES)
    assert {row.subject_id for row in rows} == {ada.conversation.id}
    assert not any(WORD in row.detail for row in rows)


def test_owners_notes_and_saved_replies_leave_rows(ben: Browser, ada: Customer) -> None:
    here = f"/conversations/{ada.conversation.id}"
    ada_id, ben_id = ada.conversation.id, agent_named("Ben").id
    before = len(trail())

    post(ben, f"{here}/notes", note=f"{WORD} +12025550142")
    post(ben, f"{here}/owner", to=str(ben_id))
    post(ben, f"{here}/team", team=str(team_of("Billing", "Ben")))
    reply = {"shortcut": "quokka", "title": WORD, "body": WORD}
    post(ben, "/saved-replies", **reply)
    pick = f"{ada_id}.999999.{ben_id}"
    post(ben, "/conversations/together", 200, act="close", pick=pick)
    post(ben, "/conversations/together", 200, act="read", pick=pick)

    rows = trail()[before:]
    expected = [Act.NOTED, *[Act.OWNER_CHANGED] * 2]
    expected += [Act.SAVED_REPLY_CHANGED, Act.STATE_CHANGED]
    assert [row.act for row in rows] == expected
    assert not any(WORD.lower() in row.detail.lower() for row in rows)


def test_what_was_refused_to_an_agent_is_not_noted(ben: Browser, ada: Customer) -> None:
    before = acts()

    here = f"/conversations/{ada.conversation.id}"
    post(ben, f"{here}/tags", tag="no-such-tag")
    post(ben, f"{here}/closed", seen="0")

    assert acts() == before


def test_a_search_leaves_one_row_without_its_words(
    ben: Browser, ada: Customer, app: Flask
) -> None:
    form = {"q": f"{WORD} 2025550142 from:customer", "csrf_token": token(ben)}
    script = {"HX-Request": "true"}
    for part in ("found", "more"):
        ben.client.post("/search", data=form, headers=script | {"HX-Target": part})
    ben.client.post("/search", data={"q": "", "csrf_token": form["csrf_token"]})
    assert Act.SEARCHED not in acts()

    ben.client.post("/search", data=form, headers=script | {"HX-Target": "search"})
    ben.client.post("/search", data=form | {"older": "9"})

    (row,) = [row for row in trail() if row.act == Act.SEARCHED]
    expected = '{"filters": ["from"], "people": 0, "texts": 0, "words": 2}'
    assert (row.agent, row.detail) == ("Ben Okafor", expected)


def test_commands_leave_rows(app: Flask, ben: Browser) -> None:
    run = app.test_cli_runner().invoke
    run(args=["token", "create", WORD])
    run(args=["token", "revoke", WORD])
    run(args=["agent", "disable", "ben@example.com"])

    assert acts()[-3:] == [Act.TOKEN_MADE, Act.TOKEN_REVOKED, Act.AGENT_DISABLED]
    assert WORD not in "".join(row.detail for row in trail())
