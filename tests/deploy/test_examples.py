"""The examples in deploy/ are true: what they name is there, their programs agree."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app import create_app
from conversations.config import ROOT, Config
from tests.test_docs import settings

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = sorted(DEPLOY.glob("compose*.yaml"))
# Set for the image by its own programs, not read by Parley.
FOREIGN = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "DOMAIN"}

every_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
every_compose = pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)


def known(name: str) -> bool:
    return name.removesuffix("_FILE") in settings() or name in FOREIGN


def ours(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The services of this file that run our image."""
    for name, service in yaml.safe_load(path.read_text())["services"].items():
        if service["image"] == "parley":
            yield name, service


def is_command(words: list[str]) -> bool:
    """Whether this starts something we have: `app.py`, or a command of `flask`."""
    if words[0] == "python":
        return (ROOT / words[1]).exists()
    app = create_app(Config(database_url="postgresql://nobody@127.0.0.1/never"))
    commands: Any = app.cli.commands
    for word in words[1:]:
        commands = getattr(commands[word], "commands", {})
    return words[0] == "flask"


@every_compose
def test_a_compose_file_names_only_settings_that_exist(path: Path) -> None:
    for _, service in ours(path):
        assert all(map(known, service.get("environment", {})))


@every_compose
def test_a_compose_file_names_only_files_that_exist(path: Path) -> None:
    for _, service in ours(path):
        context = (DEPLOY / service["build"]["context"]).resolve()
        assert (context / service["build"]["dockerfile"]).exists()
    for mounted in re.findall(r"- (\./[\w./]+):", path.read_text()):
        assert (DEPLOY / mounted).exists()


@every_compose
def test_a_compose_file_starts_what_there_is_with_a_read_only_root(path: Path) -> None:
    for name, service in ours(path):
        assert is_command(service.get("command", ["python", "app.py"])), name
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["stop_grace_period"] == "60s"


def test_many_processes_wait_for_the_migration_and_do_no_background_work() -> None:
    services = dict(ours(DEPLOY / "compose.scale.yaml"))

    for name in ("web", "worker"):
        waits_for = services[name]["depends_on"]["migrate"]
        assert waits_for == {"condition": "service_completed_successfully"}
    assert services["web"]["environment"]["WORKER"] == "0"
    assert services["worker"]["command"] == ["flask", "worker"]


def test_the_image_is_made_of_files_that_exist_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1] for line in lines if re.match(r"COPY (?!--from)", line)]

    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in " ".join(lines)
    assert lines.index("USER parley") < lines.index('CMD ["python", "app.py"]')


def test_the_image_gets_what_it_copies_and_no_more() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    lines = (DEPLOY / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(\S+)", lines, re.MULTILINE)

    assert sorted(copied) == sorted(line[1:] for line in ignored if line[0] == "!")


@every_unit
def test_a_unit_names_only_settings_and_programs_that_exist(unit: Path) -> None:
    text = unit.read_text()
    for line in re.findall(r"^Environment=(.*)$", text, re.MULTILINE):
        assert all(known(pair.partition("=")[0]) for pair in line.split())
    for command in re.findall(
        r"^ExecStart\w*=/opt/parley/\.venv/bin/(.*)$", text, re.M
    ):
        assert is_command(command.split()), command


@every_unit
def test_a_unit_lets_the_calls_under_way_finish(unit: Path) -> None:
    text = unit.read_text()

    assert "KillSignal=SIGTERM" in text
    assert "TimeoutStopSec=60" in text


@every_unit
def test_systemd_takes_a_unit(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed here")
    copy = tmp_path / unit.name
    text = unit.read_text().replace("/opt/parley/.venv/bin/", "/usr/bin/env ")
    copy.write_text(text.replace("/opt/parley/docs", "/usr/share/doc"))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", copy],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    complaints = [line for line in done.stderr.splitlines() if unit.stem in line]
    assert not complaints
