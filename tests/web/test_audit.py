"""Who saw and did what is noted with the act, and no later change goes unseen."""

import csv
import threading
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from conversations.db import db, utcnow
from conversations.desk import tags
from conversations.desk.audit import Act, noting, sealing
from conversations.desk.audit.noting import row_of
from conversations.models import Audit, Callback, Line, Tag
from tests.support.cast import Customer, everything, the, writing
from tests.support.locks import unlocked
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage
from tests.support.teams import agent_named, team_of
from tests.web.conftest import PASSWORD, make_agent
from tests.web.journal_page import keep

ADMIN = {"agents", "teams", "lines", "settings", "callbacks", "callback", "audit"}
WORD = "Quokka"
# What is posted to each of the admins' doors; the ids are put in by `addresses`.
POSTED: dict[str, dict[str, Any]] = {
    "agents.invite": {"email": "q@quokka.example", "name": WORD, "role": "agent"},
    "agents.withdraw": {"email": "q@quokka.example"},
    "agents.change": {"role": "admin", "masked": "y"},
    "agents.disable": {},
    "agents.enable": {},
    "agents.sign_out": {},
    "teams.create": {"name": WORD},
    "teams.rename": {"name": WORD},
    "teams.set_members": {},
    "teams.archive": {},
    "teams.bring_back": {},
    "lines.pause": {"reason": WORD},
    "lines.resume": {},
    "lines.set_rate": {"rate": "5"},
    "lines.set_prices": {"prices": "0.0075 EUR"},
    "lines.set_team": {"team": "0"},
    "settings.set_goal": {"minutes": "45"},
    "settings.make_tag": {"name": WORD},
    "settings.rename_tag": {"name": WORD},
    "settings.archive_tag": {},
    "settings.bring_tag_back": {},
    "callbacks.replay": {"ticked": "1"},
    "callback.replay": {},
    "callback.replay_as_it_came": {},
    "callback.set_aside": {},
    "callback.correct_text": {"customer": "+12025550177", "line": LINE, "body": WORD},
    "callback.correct_report": {"report_id": WORD, "status": "delivered"},
    "audit.take": {},
}


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nothing is remembered of the test before, whose ids were the same."""
    noting.seen.keys.clear()


@pytest.fixture
def ids(ana: Browser, ben: Browser) -> dict[str, object]:
    team = team_of("Billing", "Ben")
    with writing():
        tags.make("orders")
        keep()
    return {
        "agent_id": agent_named("Ben").id,
        "team_id": team,
        "line_id": the(select(Line).where(Line.address == LINE)).id,
        "tag_id": the(select(Tag)).id,
        "callback_id": the(select(Callback)).id,
    }


def trail() -> list[Audit]:
    return everything(select(Audit).order_by(Audit.id))


def acts() -> list[str]:
    return [row.act for row in trail()]


def token(browser: Browser) -> str:
    page = browser.get("/conversations/new")
    return str(page.select_one("input[name=csrf_token]")["value"])


def test_every_door_of_the_admins_is_known_here(app: Flask) -> None:
    doors = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ADMIN and "POST" in (rule.methods or ())
    }

    assert doors == set(POSTED)


@pytest.mark.parametrize("door", POSTED)
def test_what_an_admin_does_leaves_a_row(
    app: Flask, ana: Browser, ids: dict[str, Any], door: str
) -> None:
    if door == "callback.replay_as_it_came":
        with writing():
            db.session.execute(update(Callback).values(correction="{}"))
    rule = next(app.url_map.iter_rules(door))
    values = {name: ids[name] for name in rule.arguments}
    address = app.url_map.bind("").build(door, values, method="POST")
    form = POSTED[door] | {"csrf_token": token(ana), "sure": "1"}
    before = len(trail())

    answer = ana.client.post(address, data=form)

    assert answer.status_code in (200, 303), answer.text
    (row,) = trail()[before:]
    assert row.agent == "Ana Ruiz"
    assert WORD.lower() not in row.detail.lower()
    assert "2025550" not in row.detail


def test_what_was_refused_is_not_noted(ana: Browser) -> None:
    before = acts()

    page = ana.get(f"/agents/{agent_named('Ana').id}")
    ana.client.post(
        f"/agents/{agent_named('Ana').id}/disabling",
        data={"csrf_token": token(ana), "sure": "1"},
    )

    assert page
    assert acts() == before


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


def post(browser: Browser, address: str, status: int = 303, **form: str) -> None:
    sent = form | {"csrf_token": token(browser)}
    assert browser.client.post(address, data=sent).status_code == status


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


@pytest.fixture
def sealed(stage: Stage) -> None:
    """Twelve acts, sealed in two goes."""
    for _ in range(2):
        note_some(6)
        seal()


def note_some(count: int) -> None:
    with writing():
        rows = [row_of(Act.REPLIED, "conversation", n, None, {}) for n in range(count)]
        db.session.execute(insert(Audit), rows)


def seal() -> None:
    with writing():
        sealing.seal()


def verify(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["verify-audit"])
    return result.exit_code, result.output


def test_a_whole_chain_is_ok(app: Flask, sealed: None) -> None:
    note_some(1)

    code, said = verify(app)

    assert code == 0
    assert said.startswith("Sealed: 12; waiting to be: 1\nOK: the chain is whole.")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            "UPDATE audit SET agent = 'Eve' WHERE place = 7",
            "at place 7: it was changed",
        ),
        (
            "UPDATE audit SET detail = '{ }' WHERE place = 1",
            "at place 1: it was changed",
        ),
        ("DELETE FROM audit WHERE place = 4", "at place 4, is gone"),
    ],
)
def test_the_first_row_that_is_wrong_is_named(
    app: Flask, sealed: None, change: str, fault: str
) -> None:
    with writing(), unlocked():
        db.session.execute(text(change))

    code, said = verify(app)

    assert code == 1
    assert fault in said


@pytest.mark.parametrize(
    "change",
    [
        delete(Audit),
        update(Audit).values(agent="Eve"),
        update(Audit).values(place=None),
        update(Audit).where(Audit.place == 3).values(hash="0"),
    ],
)
def test_the_database_refuses_to_change_the_trail(
    stage: Stage, sealed: None, change: Any
) -> None:
    note_some(1)
    with pytest.raises(DBAPIError, match="audit trail is never"), writing():
        db.session.execute(change)


def test_several_processes_make_one_chain(app: Flask, stage: Stage) -> None:
    def work() -> None:
        for _ in range(5):
            note_some(7)
            seal()

    several = [threading.Thread(target=work) for _ in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    seal()

    code, said = verify(app)

    assert (code, said.split(";")[0]) == (0, "Sealed: 140")


def test_the_trail_is_searched_and_paged(ana: Browser, ada: Customer) -> None:
    note_some(60)
    ana.get(f"/conversations/{ada.conversation.id}")

    page = ana.get("/audit?act=opened")
    assert "Opened a thread" in page.select_one(".events").get_text()
    assert len(page.select(".event")) == 1
    first = ana.get("/audit?act=replied")
    assert len(first.select(".event")) == 50
    assert len(ana.follow(first, "Older").select(".event")) == 10
    ana.get("/audit?subject=x", expect=422)
    assert "Nothing found" in ana.get("/audit?since=2020-01-01&until=2020-01-02").text


def test_what_is_found_is_exported(ana: Browser, ada: Customer) -> None:
    ana.get(f"/conversations/{ada.conversation.id}")

    answer = ana.submit(ana.get("/audit?act=opened"), button="Export these").response

    with zipfile.ZipFile(BytesIO(answer.data)) as zipped:
        rows = zipped.read("audit.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(rows, newline=""))
    assert (row["act"], row["name"]) == ("opened", "Ana Ruiz")


def test_only_admins_see_the_trail(ben: Browser) -> None:
    ben.get("/audit", expect=403)
