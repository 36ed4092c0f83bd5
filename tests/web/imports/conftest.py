"""The worker that imports, and where it finds its files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conversations.worker.importer import Importer
from tests.support.stage import Stage


@pytest.fixture
def importer(stage: Stage, tmp_path: Path) -> Iterator[Importer]:
    """The work of importing, on call, with a folder of its own."""
    usual = stage.app.extensions["parley"]
    config = replace(usual, instance=tmp_path)
    stage.app.extensions["parley"] = config
    yield Importer(config)
    stage.app.extensions["parley"] = usual
