"""What is far back is found like what is near, by all the ways there are to it."""

import pytest

from conversations.db import db
from conversations.desk import known
from conversations.desk.finding import looking
from conversations.models import Agent
from tests.searching.conftest import an_admin, bodies_found, index_all, numbers_found
from tests.searching.corpus import BODIES, FOUND
from tests.support.cast import Caller, Customer, writing
from tests.support.stage import LINE, Stage
from tests.support.teams import agent_named, give, team_of


@pytest.fixture(params=["words are rare", "words are common", "nothing is near"])
def far(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches so short that a few texts are far away."""
    monkeypatch.setattr(looking, "FIRST_STRETCH", 2)
    if request.param == "words are common":
        monkeypatch.setattr(looking.Looking, "rare", lambda *_: False)
    if request.param == "nothing is near":
        monkeypatch.setattr(looking, "NEAR", 0)


@pytest.fixture
def neighbour(stage: Stage, kaleyra_calls: Caller, corpus: Customer) -> Customer:
    """Somebody who says the same, and is Billing's, where Ana is and Ben is not."""
    with writing():
        db.session.add_all(an_agent(name) for name in ("Ana", "Ben"))
    customer = Customer("+12025550199", LINE, kaleyra_calls)
    for body in BODIES:
        customer.texts(body)
    stage.read()
    give(customer, team_of("Billing", "Ana"))
    index_all(stage.app)
    return customer


def an_agent(name: str) -> Agent:
    email = f"{name.lower()}@example.com"
    return Agent(email=email, name=name, role="agent", password_hash="")


@pytest.mark.usefixtures("far", "neighbour")
def test_each_agent_finds_what_they_may_see() -> None:
    for words, places in FOUND.items():
        once = [BODIES[place] for place in places]
        assert bodies_found(words, agent_named("Ben")) == once, words
        assert bodies_found(words, agent_named("Ana")) == once * 2, words
        assert bodies_found(words, an_admin()) == once * 2, words


@pytest.mark.usefixtures("far", "neighbour")
def test_filters_hold_there_too() -> None:
    for agent in (agent_named("Ben"), an_admin()):
        assert bodies_found("from:agent a", agent) == []


def test_people_of_a_name_that_many_have_are_found(
    monkeypatch: pytest.MonkeyPatch, neighbour: Customer
) -> None:
    monkeypatch.setattr(known, "FEW", 0)

    assert numbers_found("2025550199", an_admin()) == [neighbour.number]
    assert numbers_found("202555", an_admin()) == [neighbour.number, "+12025550142"]
    assert numbers_found("202555", agent_named("Ben")) == ["+12025550142"]
