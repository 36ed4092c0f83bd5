"""Making backups as an operator does, and looking into them."""

from pathlib import Path

from click.testing import Result

from conversations.keeping import restore
from tests.support.stage import Stage


def flask(stage: Stage, *words: object) -> Result:
    return stage.app.test_cli_runner().invoke(args=[str(word) for word in words])


def backed_up(stage: Stage, folder: Path) -> Path:
    done = flask(stage, "backup", folder)
    assert done.exit_code == 0, done.output
    return Path(done.output.splitlines()[0])


def found(stage: Stage, backup: Path) -> restore.Finding:
    return restore.check(backup, server_of(stage))


def server_of(stage: Stage) -> str | None:
    url = stage.config.database_url
    return None if url.startswith("sqlite") else url
