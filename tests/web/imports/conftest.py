"""The worker that imports, and where it finds its files."""

import pytest

from conversations.config import Config
from conversations.worker.importer import Importer


@pytest.fixture
def importer(own_folder: Config) -> Importer:
    """The work of importing, on call, with a folder of its own."""
    return Importer(own_folder)
