"""The operator's command for bringing in past conversations."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from conversations.db import db
from conversations.desk import audit
from conversations.desk.audit import Act
from conversations.desk.imports import history, past
from conversations.desk.imports.bringing import Begun, Bringing
from conversations.desk.imports.past import Fault, Past
from conversations.desk.imports.storing import batches

TOLD_AT_MOST = 1_000
BEGUN = (
    "Nothing was brought in: something was said in one of these conversations"
    " meanwhile. Check the file again."
)
BUSY = (
    "Nothing was brought in: the database was busy, perhaps with the same. Try again."
)


def init_app(app: Flask) -> None:
    """Give the app this command."""
    app.cli.add_command(import_history)


@click.command("import-history")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say what would happen.")
@click.option("--skip-rejected", is_flag=True, help="Bring in the rest all the same.")
@with_appcontext
def import_history(file: Path, check: bool, skip_rejected: bool) -> None:
    """Bring in the past messages of FILE, JSON Lines or .csv: all of them or none."""
    with TemporaryFile("w+") as staged:
        counts = stage(file, staged)
        click.echo(", ".join(f"{name}: {many:,}" for name, many in counts.items()))
        if counts["rejected"] and not skip_rejected and not check:
            raise click.ClickException("Nothing was brought in.")
        if not check:
            staged.seek(0)
            new = store(staged, counts)
            click.echo(f"brought in: {new:,}; there already: {counts['fine'] - new:,}")
    if check and counts["rejected"]:
        raise SystemExit(1)


def stage(file: Path, staged: IO[str]) -> Counter[str]:
    """Check every row, and keep what is fine; nothing is written but this file."""
    so_far = history.beginning()
    so_far.counts.update({"fine": 0, "rejected": 0, "passed over": 0})
    try:
        for rows in batches(past.rows(file)):
            for each in history.check(rows, so_far):
                if isinstance(each, Past):
                    staged.write(f"{each.json}\n")
                elif so_far.counts["rejected"] <= TOLD_AT_MOST:
                    click.echo(f"line {each[0]}: {each[1]}", err=True)
    except Fault as fault:
        raise click.ClickException(f"Nothing was brought in. {fault}") from fault
    return so_far.counts


def store(staged: Iterator[str], counts: Counter[str]) -> int:
    """All in one transaction; how many were new."""
    bringing = Bringing()
    try:
        new = sum(map(bringing.store, batches(map(Past.from_json, staged))))
        bringing.finish()
        rejected = counts["rejected"]
        audit.note(Act.IMPORTED, messages=new, rejected=rejected, by_command=True)
        db.session.commit()
    except (Begun, DBAPIError) as error:
        db.session.rollback()
        raise click.ClickException(
            BEGUN if isinstance(error, Begun) else BUSY
        ) from error
    return new
