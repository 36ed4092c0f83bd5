"""The operator's commands."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from conversations.models import Agent, ApiToken, SignIn
from tests.support.cast import everything, the

PASSWORD = "correct horse battery"


def flask(app: Flask, *words: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=words, input=typed)


@pytest.fixture
def ana(app: Flask) -> None:
    words = ("agent", "create", "Ana@Example.com", "--name", "Ana", "--role", "admin")
    assert flask(app, *words, "--password-stdin", typed=PASSWORD).exit_code == 0


def test_an_agent_is_made_with_a_password_from_a_pipe(ana: None) -> None:
    agent = the(select(Agent))

    assert (agent.email, agent.name, agent.admin) == ("ana@example.com", "Ana", True)
    assert PASSWORD not in agent.password_hash


def test_the_same_email_twice_is_refused_in_words(app: Flask, ana: None) -> None:
    words = ("agent", "create", "ana@example.com", "--name", "Other")
    result = flask(app, *words, "--password-stdin", typed=PASSWORD)

    assert result.exit_code == 1
    assert "already" in result.output
    assert "Traceback" not in result.output


def test_a_weak_password_is_refused_in_words(app: Flask) -> None:
    words = ("agent", "create", "ben@example.com", "--name", "Ben", "--password-stdin")

    assert "12 characters" in flask(app, *words, typed="short").output


def test_a_new_password_replaces_the_old(app: Flask, ana: None) -> None:
    before = the(select(Agent.password_hash))

    words = ("agent", "password", "ana@example.com", "--password-stdin")
    result = flask(app, *words, typed="another long password")

    assert result.exit_code == 0, result.output
    assert the(select(Agent.password_hash)) != before


def test_a_disabled_agent_is_locked_out(app: Flask, ana: None) -> None:
    another = ("agent", "create", "cy@example.com", "--name", "Cy", "--role", "admin")
    flask(app, *another, "--password-stdin", typed="three herons by the weir")

    assert flask(app, "agent", "disable", "ana@example.com").exit_code == 0

    assert the(select(Agent).where(Agent.email == "ana@example.com")).disabled
    assert not everything(select(SignIn))
    assert "no agent" in flask(app, "agent", "disable", "nobody@example.com").output


def test_the_last_admin_is_not_disabled(app: Flask, ana: None) -> None:
    refused = flask(app, "agent", "disable", "ana@example.com")

    assert refused.exit_code == 1
    assert "There must be an admin left" in refused.output
    assert not the(select(Agent)).disabled


def test_a_token_stands_alone_on_the_last_line(app: Flask) -> None:
    result = flask(app, "token", "create", "the shop")

    token = result.output.splitlines()[-1]
    assert len(token) > 30
    assert token not in the(select(ApiToken.token_sha256))


def test_a_revoked_token_is_closed(app: Flask) -> None:
    flask(app, "token", "create", "the shop")

    assert "1" in flask(app, "token", "revoke", "the shop").output
    assert the(select(ApiToken)).revoked_at
