"""Whatever an admin does leaves a row."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from conversations.db import db
from conversations.desk import tags
from conversations.models import Callback, Tag
from tests.support.cast import the, writing
from tests.support.line import line
from tests.support.pages import Browser
from tests.support.stage import LINE
from tests.support.teams import agent_named, team_of
from tests.web.audit_trail import WORD, acts, token, trail
from tests.web.journal_page import keep

ADMIN = {"agents", "teams", "lines", "settings", "callbacks", "callback", "audit"}


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


@pytest.fixture
def ids(ana: Browser, ben: Browser) -> dict[str, object]:
    team = team_of("Billing", "Ben")
    with writing():
        tags.make("orders")
        keep()
    return {
        "agent_id": agent_named("Ben").id,
        "team_id": team,
        "line_id": line().id,
        "tag_id": the(select(Tag)).id,
        "callback_id": the(select(Callback)).id,
    }


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
