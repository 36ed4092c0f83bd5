"""Parley's front door: `create_app()`, and `python app.py` to serve everything."""

import sys

from click import ClickException
from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from conversations import api, cli, db, hooks, live, start, web
from conversations.config import BadSetting, Config, MissingSetting
from conversations.inside import windows
from conversations.schema import MigrationFailed


def create_app(config: Config | None = None) -> Flask:
    """The app for these settings; without any, for those of the environment."""
    config = config or settings()
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.secret_key = config.secret_key
    app.extensions["parley"] = config
    db.init_app(app, config)
    Migrate(app, db.db)
    live.init_app(app)
    hooks.init_app(app, config)
    api.init_app(app)
    web.init_app(app, config)
    cli.init_app(app)
    windows.init_app(app)
    return app


def settings() -> Config:
    """Those of the environment; for the `flask` commands, which end with one line."""
    try:
        return Config.from_env()
    except BadSetting as error:
        raise ClickException(str(error)) from error


if __name__ == "__main__":
    try:
        sys.exit(start.main(sys.argv[1:], create_app))
    except (BadSetting, MissingSetting, MigrationFailed) as error:
        sys.exit(f"Parley cannot start: {error}")
