"""An open stream hears only of conversations that its agent may see."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from conversations.db import db, utcnow
from conversations.desk import accounts, presence, visibility
from conversations.live.hub import RESYNC, Hub, Listener
from conversations.models import Conversation
from tests.support.cast import Customer, writing
from tests.support.stage import Stage
from tests.support.teams import agent_named, give, own, team_of

PASSWORD = "three herons by the weir"
SOON = 5.0
A_MOMENT = 0.3


@pytest.fixture
def hub(stage: Stage) -> Iterator[Hub]:
    """A hub that is listening to the database."""
    hub = Hub(stage.app)
    listener = hub.listen()
    hub.start()
    assert listener.take(SOON) == RESYNC
    hub.leave(listener)
    yield hub
    hub.stop()
    hub.join()


@pytest.fixture(autouse=True)
def agents(stage: Stage) -> None:
    with writing():
        accounts.create_agent("ana@example.com", "Ana", "admin", PASSWORD)
        accounts.create_agent("ben@example.com", "Ben", "agent", PASSWORD)
        accounts.create_agent("cy@example.com", "Cy", "agent", PASSWORD)


def desk_of(app: Flask, hub: Hub, first_name: str) -> Listener:
    """The stream of an agent's open page, which has heard all there was so far."""
    with app.app_context():
        listener = hub.listen(visibility.sight(agent_named(first_name)).reaches)
    while listener.take(A_MOMENT) is not None:
        pass
    return listener


def heard(listener: Listener, timeout: float = SOON) -> list[int]:
    """The conversations of the next news."""
    events = (listener.take(timeout) or b"").decode().split("\n\n")
    return [
        json.loads(event.partition("data: ")[2])["conversation"]
        for event in events
        if event
    ]


def test_another_teams_text_is_not_told(stage: Stage, ada: Customer, hub: Hub) -> None:
    give(ada, team_of("Billing", "Ben"))
    ana, ben, cy = (desk_of(stage.app, hub, name) for name in ("Ana", "Ben", "Cy"))

    ada.texts("For billing only")
    stage.read()

    here = ada.conversation.id
    assert set(heard(ana)) == set(heard(ben)) == {here}
    assert heard(cy, A_MOMENT) == []


def test_whoever_owns_it_is_told(stage: Stage, ada: Customer, hub: Hub) -> None:
    give(ada, team_of("Billing", "Ben"))
    own(ada, "Cy")
    cy = desk_of(stage.app, hub, "Cy")

    ada.texts("For Cy")
    stage.read()

    assert set(heard(cy)) == {ada.conversation.id}


def test_what_has_no_team_is_told_to_everybody(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    cy = desk_of(stage.app, hub, "Cy")

    ada.texts("For all")
    stage.read()

    assert set(heard(cy)) == {ada.conversation.id}


def test_whoever_loses_sight_of_it_is_told_a_last_time(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    billing, shop = team_of("Billing", "Ben"), team_of("Shop", "Cy")
    give(ada, billing)
    ana, ben, cy = (desk_of(stage.app, hub, name) for name in ("Ana", "Ben", "Cy"))

    give(ada, shop)

    here = {ada.conversation.id}
    assert set(heard(ana)) == set(heard(ben)) == set(heard(cy)) == here

    ada.texts("For the shop only")
    stage.read()

    assert set(heard(cy)) == here
    assert heard(ben, A_MOMENT) == []


def test_an_owner_who_loses_it_is_told(stage: Stage, ada: Customer, hub: Hub) -> None:
    give(ada, team_of("Billing", "Ben"))
    own(ada, "Cy")
    cy = desk_of(stage.app, hub, "Cy")

    own(ada, None)

    assert set(heard(cy)) == {ada.conversation.id}


def test_who_looks_is_told_to_those_who_may_see_it_and_only_when_it_changes(
    stage: Stage, ada: Customer, hub: Hub
) -> None:
    give(ada, team_of("Billing", "Ben"))
    ana, cy = desk_of(stage.app, hub, "Ana"), desk_of(stage.app, hub, "Cy")

    looks("Ben", ada)
    told = ana.take(SOON) or b""
    looks("Ben", ada)

    assert told.startswith(b"event: presence\n")
    assert b'"conversation": %d' % ada.conversation.id in told
    assert ana.take(A_MOMENT) is None
    assert cy.take(A_MOMENT) is None


def looks(first_name: str, customer: Customer) -> None:
    agent, here = agent_named(first_name), customer.conversation.id
    with writing():
        conversation = db.session.get_one(Conversation, here)
        presence.beat(agent, conversation, utcnow(), typing=False)
