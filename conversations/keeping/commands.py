"""The operator's commands for keeping: backup, restore-check and copy-to-postgres."""

from pathlib import Path
from typing import cast

import click
import psycopg
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from conversations.config import Config
from conversations.db import db
from conversations.keeping import backup, contents, growing_up, past, proving, restore
from conversations.keeping.backup import BackupFailed
from conversations.keeping.carrying import Differs
from conversations.keeping.contents import Contents
from conversations.keeping.growing_up import CannotMove
from conversations.keeping.restore import Finding, NotRestorable
from conversations.schema import MigrationFailed

MEGABYTE = 1_000_000


def init_app(app: Flask) -> None:
    """Give the app these commands."""
    for command in (make_backup, check_restore, copy_to_postgres):
        app.cli.add_command(command)
    proving.init_app(app)
    past.init_app(app)


@click.command("backup")
@click.argument("destination", required=False, type=click.Path(path_type=Path))
@click.option("--keep-daily", default=7, show_default=True, help="Days with a backup.")
@click.option("--keep-weekly", default=4, show_default=True, help="Weeks with one.")
@with_appcontext
def make_backup(destination: Path | None, keep_daily: int, keep_weekly: int) -> None:
    """Make a backup while Parley goes on working.

    DESTINATION is a new file, or a folder in which older backups are removed; without
    it, the folder `backups` of the instance.
    """
    folder = destination or settings().instance / "backups"
    old: list[Path] = []
    try:
        if destination is None or destination.is_dir():
            made, old = backup.in_folder(
                database(), folder, keep_daily=keep_daily, keep_weekly=keep_weekly
            )
        else:
            made = backup.make(database(), destination)
    except BackupFailed as error:
        raise click.ClickException(f"No backup was made: {error}") from error
    click.echo(made.path)
    click.echo(f"{made.size / MEGABYTE:.1f} MB: {held(made.contents)}")
    for path in old:
        click.echo(f"Removed {path.name}")


@click.command("restore-check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--server", metavar="URL", help="Where to try a dump of PostgreSQL's.")
@with_appcontext
def check_restore(file: Path, server: str | None) -> None:
    """Say whether the backup FILE can be restored, without changing anything."""
    try:
        found = restore.check(file, server)
    except NotRestorable as error:
        raise click.ClickException(f"It cannot be restored: {error}") from error
    click.echo(held(found.contents))
    for name, at in found.contents.newest.items():
        click.echo(f"The newest {name} is of {at:%Y-%m-%d %H:%M:%S} UTC." if at else
                   f"There is no {name}.")  # fmt: skip
    if found.troubles:
        reasons = "; ".join(found.troubles)
        raise click.ClickException(f"It cannot be restored as it is: {reasons}")
    click.echo(verdict(found))


def verdict(found: Finding) -> str:
    words = "It can be restored; docs/keeping.md has the steps."
    if found.behind:
        words += " Run `flask db upgrade` afterwards: it is of an older version."
    return words


@click.command("copy-to-postgres")
@click.argument("target_url")
@with_appcontext
def copy_to_postgres(target_url: str) -> None:
    """Copy everything from SQLite to the empty PostgreSQL database at TARGET_URL.

    A password may come from PGPASSWORD instead of the address.
    """
    for engine in db.engines.values():
        engine.dispose()
    try:
        carried = growing_up.move(settings(), target_url)
    except (CannotMove, Differs, MigrationFailed, psycopg.Error, ValueError) as error:
        raise click.ClickException(f"Nothing was copied. {error}") from error
    except DBAPIError as error:
        raise click.ClickException(f"Nothing was copied. {error.orig}") from error
    click.echo(f"{'table':20} {'rows':>10} {'compared':>10}")
    for table in carried:
        click.echo(f"{table.table:20} {table.rows:>10} {table.compared:>10}")
    click.echo("Everything is there. Set DATABASE_URL to the new address and start.")
    click.echo("Keep the SQLite file until you are content: it was not changed.")


def held(what: Contents) -> str:
    return contents.in_words(what.counts)


def settings() -> Config:
    return cast("Config", current_app.extensions["parley"])


def database() -> str:
    return db.engine.url.render_as_string(hide_password=False)
