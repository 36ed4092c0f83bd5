"""Agents' accounts, without any page."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.desk import accounts, passwords
from conversations.desk.accounts import AccountFault
from conversations.models import Agent, SignIn
from tests.support.cast import everything, the, writing

EMAIL = "ana@example.com"
PASSWORD = "three herons by the weir"


def make(email: str = EMAIL, name: str = "Ana", password: str = PASSWORD) -> None:
    with writing():
        accounts.create_agent(email, name, "agent", password)


def sign_in(password: str = PASSWORD, email: str = EMAIL) -> str | None:
    with writing():
        return accounts.sign_in(email, password)


def holder(token: str) -> str | None:
    with writing():
        agent = accounts.agent_for(token)
        return agent.email if agent else None


def test_an_agent_signs_in_with_email_and_password(app: Flask) -> None:
    make(" Ana@Example.com ")

    token = sign_in(email="ANA@example.COM")

    assert token
    assert holder(token) == EMAIL
    assert sign_in("three herons by the dam") is None
    assert sign_in(email="ben@example.com") is None


def test_only_the_fingerprint_of_a_token_is_kept(app: Flask) -> None:
    make()

    token = sign_in()

    kept = the(select(SignIn)).token_sha256
    assert token not in kept
    assert len(token) >= 43
    assert holder(kept) is None


def test_passwords_are_kept_as_argon2id_with_the_parameters_of_owasp(
    app: Flask,
) -> None:
    make()

    assert the(select(Agent)).password_hash.startswith(
        "$argon2id$v=19$m=19456,t=2,p=1$"
    )


def test_an_unknown_email_costs_what_a_known_one_does() -> None:
    assert not passwords.outdated(passwords.DECOY)
    assert passwords.matches(None, PASSWORD) is False


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(app: Flask) -> None:
    make()
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with writing():
        db.session.execute(update(Agent).values(password_hash=old))

    assert sign_in()

    renewed = the(select(Agent)).password_hash
    assert not passwords.outdated(renewed)
    assert sign_in()


def test_signing_in_clears_away_what_has_ended(app: Flask) -> None:
    make()
    sign_in()
    with writing():
        gone = utcnow() - timedelta(days=8)
        db.session.execute(update(SignIn).values(expires_at=gone))

    sign_in()

    assert len(everything(select(SignIn))) == 1


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 257,
        "password1234",
        "Passw0rd!!!!",
        "123456789012",
        "qwertyuiop123",
        "Welcome-2026!",
        "aaaaaaaaaaaaaaaa",
        "ana.ruiz is the best",
    ],
)
def test_a_password_that_anybody_would_try_is_refused(password: str) -> None:
    assert passwords.fault_in(password, "ana.ruiz@example.com")


@pytest.mark.parametrize(
    "password", [PASSWORD, "x7$kQ!m2vR#9", "correct horse battery", "ünïcödé heröns"]
)
def test_a_password_that_will_do_is_taken(password: str) -> None:
    assert passwords.fault_in(password, "ana@example.com") is None


@pytest.mark.parametrize(
    ("email", "name", "role"),
    [
        ("not an email", "Ana", "agent"),
        ("a@b@c", "Ana", "agent"),
        (EMAIL, "  ", "agent"),
        (EMAIL, "x" * 81, "agent"),
        (EMAIL, "Ana", "king"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(
    app: Flask, email: str, name: str, role: str
) -> None:
    with writing(), pytest.raises(AccountFault):
        accounts.create_agent(email, name, role, PASSWORD)


def test_an_email_belongs_to_one_agent(app: Flask) -> None:
    make()

    with pytest.raises(AccountFault, match="already"):
        make("ANA@example.com", "Another Ana")


def test_a_new_password_ends_every_sign_in_but_gives_one_anew(app: Flask) -> None:
    make()
    here, elsewhere = sign_in(), sign_in()
    agent = the(select(Agent))

    with writing():
        token = accounts.change_password(agent, "seven otters upstream")

    assert holder(token) == EMAIL
    assert holder(here) is None
    assert holder(elsewhere) is None


@pytest.mark.parametrize(
    "change", [{"password_hash": "another"}, {"disabled_at": utcnow()}]
)
def test_who_is_changed_while_the_password_is_compared_does_not_get_in(
    app: Flask, change: dict[str, object]
) -> None:
    make()
    tokens: list[str | None] = []
    comparing = threading.Thread(target=lambda: tokens.append(signed_in_by(app)))

    with all_hashing_put_off():
        comparing.start()
        time.sleep(0.3)
        with writing():
            db.session.execute(update(Agent).values(**change))
    comparing.join()

    assert tokens == [None]
    assert everything(select(SignIn)) == []


def signed_in_by(app: Flask) -> str | None:
    with app.app_context():
        token = accounts.sign_in(EMAIL, PASSWORD)
        db.session.commit()
        return token


@contextmanager
def all_hashing_put_off() -> Iterator[None]:
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(passwords.AT_ONCE)
        yield
