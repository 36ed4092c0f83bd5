"""The operator's door: `flask agent`, `flask token` and `flask worker`."""

import sys
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import IntegrityError

from conversations import schema, stopping
from conversations.config import Config
from conversations.db import db, reading
from conversations.desk import accounts, audit, tokens
from conversations.desk.audit import Act
from conversations.inside import aside, logs
from conversations.keeping import commands
from conversations.live import hub
from conversations.models import Agent
from conversations.models.agent import ROLES
from conversations.texting import owners
from conversations.worker import Worker
from conversations.worker.loop import switch_often

agent = AppGroup("agent", help="The people who answer customers.")
token = AppGroup("token", help="Keys for other programs.")


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(agent)
    app.cli.add_command(token)
    app.cli.add_command(worker)
    commands.init_app(app)


@agent.command("create")
@click.argument("email")
@click.option("--name", required=True, help="How colleagues and customers know them.")
@click.option("--role", type=click.Choice(ROLES), default="agent", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from a pipe.")
def create_agent(email: str, name: str, role: str, password_stdin: bool) -> None:
    """Make an agent who signs in with EMAIL."""
    password = password_from(stdin=password_stdin)
    try:
        made = accounts.create_agent(email, name, role, password)
        audit.note(Act.INVITED, "agent", made.id, role=role, by_command=True)
        db.session.commit()
    except accounts.AccountFault as fault:
        raise click.ClickException(str(fault)) from fault
    except IntegrityError as error:
        raise click.ClickException(f"There is an agent {email} already.") from error
    click.echo(f"{email} can sign in.")


def password_from(*, stdin: bool) -> str:
    """The password, from a pipe or typed twice; never from the command line."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    prompted: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return prompted


@agent.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from a pipe.")
def set_password(email: str, password_stdin: bool) -> None:
    """Give the agent a new password; they are signed out everywhere."""
    found = known_agent(email)
    try:
        accounts.change_password(found, password_from(stdin=password_stdin))
    except accounts.AccountFault as fault:
        raise click.ClickException(str(fault)) from fault
    audit.note(Act.PASSWORD_CHANGED, "agent", found.id, by_command=True)
    db.session.commit()
    click.echo(f"{email} has a new password.")


@agent.command("disable")
@click.argument("email")
def disable_agent(email: str) -> None:
    """Lock the agent out, at once and everywhere."""
    found = known_agent(email)
    try:
        accounts.keep_an_admin(found)
    except accounts.AccountFault as fault:
        raise click.ClickException(str(fault)) from fault
    accounts.disable(found)
    audit.note(Act.AGENT_DISABLED, "agent", found.id, by_command=True)
    db.session.commit()
    while owners.put_back_some_of(found):
        db.session.commit()
    click.echo(f"{email} cannot sign in any more.")


def known_agent(email: str) -> Agent:
    found = accounts.agent_named(email)
    if found is None:
        raise click.ClickException(f"There is no agent {email}.")
    return found


@token.command("revoke")
@click.argument("name")
def revoke_token(name: str) -> None:
    """Close every API token of this name."""
    count = tokens.revoke(name)
    audit.note(Act.TOKEN_REVOKED, "token", many=count, by_command=True)
    db.session.commit()
    click.echo(f"Tokens closed: {count}.")


@token.command("create")
@click.argument("name")
def create_token(name: str) -> None:
    """Make an API token; it is shown this once, alone on the last line."""
    plain = tokens.create(name)
    audit.note(Act.TOKEN_MADE, "token", by_command=True)
    db.session.commit()
    click.echo(f"A token for {name}; it is not shown again:")
    click.echo(plain)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do the background work alone, until told to stop."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    config = cast("Config", app.extensions["parley"])
    logs.set_up(config)
    switch_often()
    with reading():
        if not schema.current():
            raise click.ClickException("Run `flask db upgrade` first.")
    stopping.keep_for_later()
    work = Worker(app, config, apart=True)
    with aside.telling(app, config):
        hub().start()
        work.start()
        click.echo("Working.", err=config.log_format == "json")
        stopping.until_told()
        work.stop()
        hub().stop()
