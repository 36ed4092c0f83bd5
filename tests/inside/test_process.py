"""The real thing as a process: its log is JSON, and nobody can read along."""

import json
import subprocess
import sys
from pathlib import Path

import requests

from tests.support.fresh import with_tables
from tests.support.server import ROOT, Server
from tests.support.stage import HOOK_TOKEN, until

WORDS = "Zanzibar pickle"
NUMBER = "12025550187"
METRICS_TOKEN = "a-token-for-metrics"


def test_a_serving_process_says_nothing_it_should_not(tmp_path: Path) -> None:
    server = Server(
        f"sqlite:///{tmp_path / 'parley.db'}",
        tmp_path,
        LOG_FORMAT="json",
        METRICS_TOKEN=METRICS_TOKEN,
    )
    with_tables(server.env["DATABASE_URL"])
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        server.process = subprocess.Popen(
            [sys.executable, "app.py"], env=server.env, cwd=ROOT, stdout=out, stderr=err
        )
        until(lambda: server.answers("/readyz"), 30)
        arguments = command_lines()
        knock(server)
        assert server.stop() == 0

    printed = (tmp_path / "out").read_text()
    everything = printed + (tmp_path / "err").read_text() + arguments
    lines = [json.loads(line) for line in printed.splitlines()]
    assert lines[0]["event"].startswith("Serving")
    secrets = (server.env["SECRET_KEY"], HOOK_TOKEN, METRICS_TOKEN)
    assert not any(word in everything for word in (WORDS, NUMBER, *secrets))


def knock(server: Server) -> None:
    """Texts, a call that fails, wrong secrets, and the numbers for Prometheus."""
    hook = f"{server.url}/hooks/kaleyra/inbound"
    assert server.text(WORDS).status_code == 200
    said = {"message": WORDS, "source": NUMBER, "token": HOOK_TOKEN}
    assert requests.get(hook, params=said, timeout=5).status_code == 200
    assert (
        requests.get(hook, params={**said, "token": "?"}, timeout=5).status_code == 401
    )
    bearer = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    metrics = f"{server.url}/metrics"
    assert requests.get(metrics, timeout=5).status_code == 401
    told = requests.get(metrics, headers=bearer, timeout=5)
    assert "parley_workers_alive 1" in told.text
    assert not any(word in told.text for word in (WORDS, NUMBER))


def command_lines() -> str:
    """Of every process of this machine that runs our program."""
    found = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    return "\n".join(c.decode(errors="replace") for c in found if b"app.py" in c)
