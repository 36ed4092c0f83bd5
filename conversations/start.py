"""Starting: read the settings, see that all is in order, say where we are, serve."""

import os
import subprocess
import sys
from collections.abc import Sequence

from dotenv import load_dotenv
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from conversations import first_run, practising, schema, server
from conversations.config import ROOT, BadSetting, Config, MissingSetting
from conversations.db import db
from conversations.inside import logs
from conversations.models import Agent
from conversations.server import CreateApp
from conversations.texting import lines
from conversations.texting.phone import InvalidAddress

FIRST_RUN = "--first-run"
END_SECONDS = 5

CREATE_AGENT = ".venv/bin/flask agent create EMAIL --name NAME --role admin"


def main(arguments: Sequence[str], create_app: CreateApp) -> int:
    """Serve until told to stop. With --first-run, make first what is missing."""
    first = FIRST_RUN in arguments
    load_dotenv(ROOT / ".env")
    if first:
        first_run.generate_secrets(os.environ)
    config = Config.from_env()
    if first and not config.kaleyra.configured:
        os.environ["PRACTICE_PORT"] = str(config.port + 1)
        config = Config.from_env()
    config.check_ready_to_serve()
    logs.set_up(config)
    prepare_or_say_why(create_app(config), config, first=first)
    serve(config, create_app)
    return 0


def prepare_or_say_why(app: Flask, config: Config, *, first: bool) -> None:
    """Prepare; raise `BadSetting` with one line when there is no database to ask."""
    try:
        prepare(app, config, first=first)
    except OperationalError as error:
        raise BadSetting(f"the database does not answer: {error.orig}") from error


def prepare(app: Flask, config: Config, *, first: bool) -> None:
    """Bring the database in order, then let go of it: the serving process is a fork."""
    with app.app_context():
        if first:
            schema.migrate()
        if not schema.current():
            raise MissingSetting("the database needs migrating: run `flask db upgrade`")
        open_lines(config)
        if config.practice:
            practising.settle_in(config)
        db.session.commit()
        say(welcome(config), config)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def open_lines(config: Config) -> None:
    """Make the lines those that the settings name."""
    try:
        lines.sync(config.numbers, config.default_region)
    except InvalidAddress as error:
        raise BadSetting(f"KALEYRA_NUMBERS: {error}") from error


def serve(config: Config, create_app: CreateApp) -> None:
    kaleyra = practising.start_kaleyra(config) if config.practice else None
    try:
        server.serve(config, create_app)
    finally:
        if kaleyra:
            end(kaleyra)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def welcome(config: Config) -> str:
    """Where we are and how to sign in."""
    if config.practice:
        return practice_welcome(config)
    words = f"Parley is at {config.public_url}"
    if not db.session.scalar(select(func.count()).select_from(Agent)):
        words += f"\n\nNobody can sign in yet. Make the first agent:\n  {CREATE_AGENT}"
    if not config.numbers:
        words += "\n\nNo line is open: name your two-way numbers in KALEYRA_NUMBERS."
    return words


def practice_welcome(config: Config) -> str:
    people = "\n".join(f"  {email}  ({role})" for email, _, role in practising.AGENTS)
    return (
        "PRACTICE LINE: no Kaleyra account is configured, so no real texts are sent.\n"
        f"Parley is at    {config.public_url}\n"
        f"The phone is at http://{config.host}:{config.practice_port}\n"
        f"Sign in as\n{people}\n"
        f"with the password {practising.password(config)}"
    )


def say(words: str, config: Config) -> None:
    """Tell whoever started us; beside a log of JSON, which has standard output."""
    stream = sys.stderr if config.log_format == "json" else sys.stdout
    stream.write(f"\n{words}\n\n")
    stream.flush()
