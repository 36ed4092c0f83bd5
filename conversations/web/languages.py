"""In which language the pages speak."""

from flask import Flask
from flask_babel import Babel


def init_app(app: Flask) -> None:
    """Give templates `_()` and Python `flask_babel.gettext`."""
    Babel(app, locale_selector=language)


def language() -> str:
    """The language of who asks, as `en` or `it`."""
    return "en"
