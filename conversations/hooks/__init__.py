"""The door Kaleyra knocks on: callbacks are kept raw, then answered, then read."""

from flask import Flask

from conversations.config import Config
from conversations.hooks import callbacks
from conversations.hooks.keeper import Keeper


def init_app(app: Flask, config: Config) -> None:
    """Give the app its callback addresses and the keeper of its journal."""
    app.extensions["keeper"] = Keeper(app)
    app.extensions["hook_secret"] = callbacks.Secret(config.hook_token)
    app.register_blueprint(callbacks.bp)
