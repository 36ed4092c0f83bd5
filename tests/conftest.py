"""The cast and the stage: what tests share."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from conversations.kaleyra.practice import Hooks, PracticeKaleyra
from tests.support.cast import Caller, Customer
from tests.support.stage import (
    HOOK_TOKEN,
    LINE,
    SHORT_CODE,
    Stage,
    config_for,
    free_port,
    on_stage,
    served,
    set_up,
)

pytest_plugins = ["tests.support.fixtures", "tests.support.fresh"]

# The machine may be busy; only wrong answers fail a property, slow ones do not.
settings.register_profile("parley", deadline=None)
settings.load_profile("parley")


@pytest.fixture(scope="session")
def theatre(database: str) -> Stage:
    """The app on its database, made once; tests ask for `stage`."""
    return set_up(config_for(database, free_port(), free_port()))


@pytest.fixture
def stage(theatre: Stage) -> Stage:
    """The app on an empty database with its two lines."""
    theatre.empty()
    on_stage[:] = [theatre.app]
    return theatre


@pytest.fixture
def app(stage: Stage) -> Flask:
    return stage.app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody without cookies, such as Kaleyra."""
    return app.test_client()


@pytest.fixture
def kaleyra(stage: Stage) -> Iterator[PracticeKaleyra]:
    """The practice Kaleyra; texts go to it and its reports come back over HTTP."""
    port = int(stage.config.kaleyra.base_url.rpartition(":")[2])
    with (
        served(stage) as url,
        PracticeKaleyra(
            port=port,
            hooks=Hooks.of(url, HOOK_TOKEN),
            numbers=(LINE, SHORT_CODE),
            report_after=0.02,
        ) as practice,
    ):
        yield practice


@pytest.fixture
def kaleyra_calls(client: FlaskClient) -> Caller:
    """Kaleyra's callbacks, made directly."""
    return Caller(client, HOOK_TOKEN)


@pytest.fixture
def ada(stage: Stage, kaleyra_calls: Caller) -> Customer:
    """Ada has written to us once and nobody has answered."""
    customer = Customer("+12025550142", LINE, kaleyra_calls)
    customer.texts("Hi, is my order ready?")
    stage.read()
    return customer
