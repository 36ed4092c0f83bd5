"""The agents at their desks."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from conversations.config import Config
from conversations.desk import accounts, passwords
from conversations.desk.audit import noting
from tests.support.cast import Caller, Customer, writing
from tests.support.pages import Browser
from tests.support.stage import LINE, Stage

PASSWORD = "three herons by the weir"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nothing is remembered of the test before, whose ids were the same."""
    noting.seen.keys.clear()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app.test_client())


@pytest.fixture
def ana(app: Flask) -> Browser:
    """Ana, an admin, signed in."""
    return signed_in(app, "Ana Ruiz", "admin")


@pytest.fixture
def ben(app: Flask) -> Browser:
    """Ben, an agent, signed in."""
    return signed_in(app, "Ben Okafor", "agent")


@pytest.fixture
def bob(stage: Stage, kaleyra_calls: Caller) -> Customer:
    """Bob has written to us too, after Ada."""
    customer = Customer("+442079460018", LINE, kaleyra_calls)
    customer.texts("Do you deliver to Hackney?")
    stage.read()
    return customer


@pytest.fixture
def own_folder(stage: Stage, tmp_path: Path) -> Iterator[Config]:
    """The app's settings with a folder for files that no other test has."""
    usual = stage.app.extensions["parley"]
    stage.app.extensions["parley"] = replace(usual, instance=tmp_path)
    yield stage.app.extensions["parley"]
    stage.app.extensions["parley"] = usual


def signed_in(app: Flask, name: str, role: str) -> Browser:
    """A new agent's browser as signing in leaves it, which has tests of its own."""
    email = make_agent(name, role)
    with writing():
        token = accounts.new_token(accounts.agent_named(email).id)
    browser = Browser(app.test_client())
    browser.enter(token)
    return browser


def make_agent(name: str, role: str = "agent", undo_seconds: int = 0) -> str:
    """The email of a new agent, who signs in with `PASSWORD` and has no doubts."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    with writing():
        agent = accounts.add(email, name, role, password_hash())
        agent.undo_seconds = undo_seconds
    return email


@cache
def password_hash() -> str:
    """Hashing is slow on purpose."""
    return passwords.hashed(PASSWORD)
