"""The collection, received from one customer, and searched as an agent would."""

from collections.abc import Callable

import pytest
from flask import Flask

from conversations.db import db, read_only
from conversations.desk.finding import results
from conversations.desk.finding.asked import asked_for
from conversations.models import Agent
from conversations.worker.indexer import POLL_SECONDS, Indexer
from tests.searching.corpus import BODIES
from tests.support.cast import Caller, Customer
from tests.support.stage import LINE, Stage, current_app

Search = Callable[[str], list[str]]


@pytest.fixture
def corpus(stage: Stage, kaleyra_calls: Caller) -> Customer:
    customer = Customer("+12025550142", LINE, kaleyra_calls)
    for body in BODIES:
        customer.texts(body)
    stage.read()
    return customer


def index_all(app: Flask) -> None:
    indexer, rest = Indexer(), 0.0
    while rest < POLL_SECONDS:
        with app.app_context():
            rest = indexer.step()


def bodies_found(words: str, agent: Agent | None = None) -> list[str]:
    """What an agent, an admin unless given, is shown for these words, oldest first."""
    with current_app().app_context():
        read_only()
        found = results.found(agent or an_admin(), asked_for(words))
        bodies = [text.message.body for text in found.texts]
        db.session.remove()
    return bodies[::-1]


def numbers_found(words: str, agent: Agent) -> list[str]:
    """Those of the people whom these words find, the latest first."""
    with current_app().app_context():
        read_only()
        found = results.found(agent, asked_for(words))
        numbers = [conversation.customer.address for conversation in found.people]
        db.session.remove()
    return numbers


def an_admin() -> Agent:
    return Agent(id=0, role="admin", time_zone="UTC", read_before=0)
