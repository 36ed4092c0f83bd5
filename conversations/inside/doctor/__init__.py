"""`flask doctor`: is everything as it should be, and if not, what is to be done?

It looks and never changes anything; Kaleyra is asked for its address and no more.
"""

import json
import os
import sys
from collections.abc import Mapping
from functools import partial
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from conversations.config import Config
from conversations.db import reading
from conversations.inside import faults
from conversations.inside.doctor import database, outside, place, settings, work
from conversations.inside.doctor.finding import (
    Examination,
    Finding,
    Level,
    problem,
)

Found = list[tuple[str, Finding]]

NO_DATABASE = "See that it runs and that DATABASE_URL leads to it, then ask me again."
COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.PROBLEM: "red"}


@click.command("doctor")
@click.option("--deep", is_flag=True, help="Read all of SQLite's file; takes time.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_appcontext
def doctor(*, deep: bool, as_json: bool) -> None:
    """Look into everything and say what to do. Ends with 1 if there is a problem."""
    config = cast("Config", current_app.extensions["parley"])
    found = examined(config, os.environ, deep=deep)
    click.echo(for_programs(found) if as_json else for_people(found))
    if any(finding.level is Level.PROBLEM for _, finding in found):
        sys.exit(1)


def examined(config: Config, env: Mapping[str, str], *, deep: bool = False) -> Found:
    """Everything the doctor finds, by what it is about."""
    found = [("settings", f) for f in settings.examine(config, env)]
    found += [("folder", f) for f in place.examine(config)]
    found += of_the_database(config, deep=deep)
    found += [("Kaleyra", f) for f in outside.examine(config)]
    return found


def of_the_database(config: Config, *, deep: bool) -> Found:
    """In turn, until something is so wrong that the rest could not be asked."""
    examinations: dict[str, Examination] = {
        "database": partial(database.examine, deep=deep),
        "migrations": database.migrations,
        "clock": database.clocks,
        "background work": work.workers,
        "callbacks": partial(work.callbacks, config),
        "lines": work.lines,
        "search": work.search,
    }
    found: Found = []
    try:
        for subject, examine in examinations.items():
            with reading():
                found += [(subject, finding) for finding in examine()]
            if subject == "migrations" and found[-1][1].level is Level.PROBLEM:
                break
    except SQLAlchemyError as error:
        sentence = f"The database did not answer: {faults.named(error)}."
        found.append((subject, problem(sentence, NO_DATABASE)))
    return found


def for_people(found: Found) -> str:
    return "\n".join(line(subject, finding) for subject, finding in found)


def line(subject: str, finding: Finding) -> str:
    level = click.style(f"{finding.level:8}", fg=COLOURS[finding.level])
    words = f"{level} {subject}: {finding.sentence}"
    return f"{words}\n{'':9}{finding.advice}" if finding.advice else words


def for_programs(found: Found) -> str:
    return json.dumps(
        [{"subject": subject, **vars(finding)} for subject, finding in found], indent=2
    )
