"""The practice Kaleyra stops, comes back and remembers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
import requests

from conversations.kaleyra.practice import PracticeKaleyra, faults

CUSTOMER = "+12025550142"
LINE = "+12025550100"

COMMAND = (
    *(sys.executable, "-m", "conversations.kaleyra.practice"),
    *("--port", "0", "--hooks-url", "http://127.0.0.1:9"),
)


@pytest.fixture
def kaleyra() -> Iterator[PracticeKaleyra]:
    with PracticeKaleyra(report_after=0.01) as kaleyra:
        yield kaleyra


def send(kaleyra: PracticeKaleyra, **fields: str) -> requests.Response:
    fields = {"to": CUSTOMER, "sender": LINE, "body": "Hello!", **fields}
    url = f"{kaleyra.url}/v1/PRACTICE/messages"
    return requests.post(url, data=fields, headers={"api-key": "practice"}, timeout=5)


def send_in_vain(kaleyra: PracticeKaleyra) -> None:
    with pytest.raises(requests.ConnectionError):
        send(kaleyra)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def test_a_line_that_is_down_refuses_and_comes_back_on_the_same_port(kaleyra):
    kaleyra.stop()
    with pytest.raises(requests.ConnectionError):
        send(kaleyra)

    kaleyra.start()

    assert send(kaleyra).status_code == 202


def test_texts_outlive_a_restart_when_there_is_a_history(tmp_path):
    history = tmp_path / "new" / "history.jsonl"
    with PracticeKaleyra(history=history, report_after=0) as first:
        send(first, body="Hi", callback_profile_id="secret")
        until(lambda: first.texts[0].final)
    history.write_text(f'{history.read_text()}{{"text": {{"id": "half')

    for _ in range(2):
        with PracticeKaleyra(history=history) as again:
            send(again, body="More")

    kept = PracticeKaleyra(history=history)
    assert [text.body for text in kept.texts] == ["Hi", "More", "More"]
    assert kept.texts[0].status == "Delivered"
    assert "secret" not in history.read_text()


def test_it_runs_as_a_process_until_it_is_told_to_stop():
    process = subprocess.Popen(
        [*COMMAND, "--numbers", "+12025550100,12345"],
        env={**os.environ, "HOOK_TOKEN": "s3cret"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        url = process.stdout.readline().split()[-1]
        page = requests.get(url, timeout=5).text
        process.send_signal(signal.SIGTERM)

        assert process.wait(5) == 0
    assert "no real texts" in page
    assert "12345" in page


def test_it_will_not_start_without_the_secret_of_the_hooks():
    ended = subprocess.run(
        COMMAND,
        env={k: v for k, v in os.environ.items() if not k.startswith("HOOK_TOKEN")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert "HOOK_TOKEN" in ended.stderr


def test_stopping_does_not_wait_for_what_hangs(kaleyra):
    kaleyra.script(faults.hang(60))
    asked = Thread(target=send_in_vain, args=(kaleyra,))
    asked.start()
    until(lambda: kaleyra.requests)

    started = time.monotonic()
    kaleyra.stop()
    asked.join(5)

    assert time.monotonic() - started < 2


def test_reports_that_were_due_while_it_was_down_come_after_the_restart(kaleyra):
    send(kaleyra)
    kaleyra.stop()
    kaleyra.start()

    until(lambda: kaleyra.texts[0].final)
