"""Sue, who supervises, and a review of hers."""

import pytest
from flask import Flask

from conversations.models.agent import SUPERVISOR
from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.web.conftest import signed_in
from tests.web.reviews.reviewing import make


@pytest.fixture
def sue(app: Flask) -> Browser:
    """Sue, a supervisor, signed in."""
    return signed_in(app, "Sue Lindqvist", SUPERVISOR)


@pytest.fixture
def review(sue: Browser, ada: Customer, bob: Customer) -> Page:
    """A review of both conversations."""
    return make(sue)
