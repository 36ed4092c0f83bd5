"""The operator's commands for proof: whether what was kept is as it was."""

from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from conversations.config import Config
from conversations.desk.audit import sealing
from conversations.desk.exports import checking


def init_app(app: Flask) -> None:
    """Give the app these commands."""
    for command in (verify_export, verify_audit):
        app.cli.add_command(command)


@click.command("verify-export")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify_export(file: Path) -> None:
    """Say whether the export FILE is as it was made, or name what differs."""
    config = cast("Config", current_app.extensions["parley"])
    faults = checking.faults(file, config.secret_key)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException("It is not as it was made.")
    click.echo("OK: it is as it was made.")


@click.command("verify-audit")
@with_appcontext
def verify_audit() -> None:
    """Say whether the audit trail is whole, or name the first row that is not."""
    verdict = sealing.verify()
    click.echo(f"Sealed: {verdict.head.place}; waiting to be: {verdict.waiting}")
    if verdict.fault:
        raise click.ClickException(f"The chain breaks: {verdict.fault}.")
    click.echo(f"OK: the chain is whole. It ends in {verdict.head.hash}")
