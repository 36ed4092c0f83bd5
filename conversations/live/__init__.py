"""How a change reaches an open browser."""

from typing import cast

from flask import Flask, current_app

from conversations.live.hub import Hub


def init_app(app: Flask) -> None:
    """Give the app its hub; the server starts it."""
    app.extensions["hub"] = Hub(app)


def hub() -> Hub:
    """The hub of the current app."""
    return cast("Hub", current_app.extensions["hub"])
