"""What a container asks: can the Parley beside it work?"""

import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from conversations.config import ROOT
from conversations.keeping import healthcheck
from tests.support.stage import Stage, free_port, served


def test_a_process_that_answers_well_is_healthy(tmp_path: Path) -> None:
    (tmp_path / "readyz").write_text("ready")
    pages = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), pages) as server:
        threading.Thread(target=server.serve_forever).start()

        found = healthcheck.trouble(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()

    assert found is None


def test_a_process_that_cannot_work_says_why(stage: Stage) -> None:
    with served(stage) as url:
        found = healthcheck.trouble(url)

    assert found
    assert "No background work" in found


def test_a_process_that_does_not_answer_is_ill() -> None:
    port = free_port()

    done = subprocess.run(
        [sys.executable, "-m", "conversations.keeping.healthcheck"],
        env={"PORT": str(port)}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert f"127.0.0.1:{port} does not answer" in done.stderr
