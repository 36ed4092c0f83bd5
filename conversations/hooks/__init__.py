"""The door Kaleyra knocks on: callbacks are kept raw, then answered, then read."""

from flask import Flask

from conversations.config import Config
from conversations.hooks.callbacks import Door, Secret
from conversations.hooks.keeper import Keeper
from conversations.hooks.turned_away import Book


def init_app(app: Flask, config: Config) -> None:
    """Put the callback addresses, and who keeps the callbacks, in front of the app."""
    keeper = app.extensions["keeper"] = Keeper(app)
    secret = Secret(config.hook_token)
    book = app.extensions["turned_away"] = Book(app)
    app.wsgi_app = Door(app.wsgi_app, secret, keeper, book)  # type: ignore[method-assign]
