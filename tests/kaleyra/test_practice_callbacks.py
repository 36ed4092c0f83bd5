"""The practice Kaleyra calls back: reports of our texts, and texts from customers."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from conversations.kaleyra.practice import Hooks, PracticeKaleyra

CUSTOMER = "+12025550142"
LINE = "+12025550100"


class Parley(ThreadingHTTPServer):
    """Stands where Parley's hooks are, and keeps what arrives."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.heard: list[tuple[str, str, dict[str, str], str]] = []
        self.answers: list[int] = []
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def statuses(self) -> list[str]:
        return [json.loads(body)["status"] for _, _, _, body in self.heard]


class Hook(BaseHTTPRequestHandler):
    server: Parley

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        self.server.heard.append((self.command, self.path, dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def parley() -> Iterator[Parley]:
    server = Parley()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def kaleyra(parley: Parley) -> Iterator[PracticeKaleyra]:
    hooks = Hooks.of(parley.url, "s3cret")
    numbers = (LINE, "+12025550177")
    with PracticeKaleyra(hooks=hooks, numbers=numbers, report_after=0.01) as kaleyra:
        yield kaleyra


def send(kaleyra: PracticeKaleyra, **fields: str) -> requests.Response:
    fields = {"to": CUSTOMER, "sender": LINE, "body": "Hello!", **fields}
    url = f"{kaleyra.url}/v1/PRACTICE/messages"
    return requests.post(url, data=fields, headers={"api-key": "practice"}, timeout=5)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def test_a_callback_hears_sent_then_delivered(kaleyra, parley):
    callback = {
        "url": f"{parley.url}/news?ref=7",
        "method": "POST",
        "header": {"X-Hook-Token": "mine"},
    }
    send(kaleyra, callback=json.dumps(callback))

    until(lambda: len(parley.heard) == 2)

    _, path, headers, body = parley.heard[0]
    assert parley.statuses() == ["Sent", "Delivered"]
    assert (path, headers["X-Hook-Token"]) == ("/news?ref=7", "mine")
    assert json.loads(body)["id"] == kaleyra.texts[0].id
    assert list(json.loads(body)) == [
        *("id", "kid", "recipient", "status"),
        *("status_trace", "description", "timestamp"),
    ]


def test_a_plain_address_is_a_callback_too(kaleyra, parley):
    send(kaleyra, callback=f"{parley.url}/news")

    until(lambda: parley.statuses() == ["Sent", "Delivered"])


def test_a_callback_may_be_a_get(kaleyra, parley):
    callback = {"url": f"{parley.url}/news?ref=7", "method": "GET"}
    send(kaleyra, callback=json.dumps(callback))

    until(lambda: parley.heard)

    method, path, _, _ = parley.heard[0]
    query = parse_qs(urlsplit(path).query)
    assert (method, query["ref"], query["status"]) == ("GET", ["7"], ["Sent"])


def test_a_profile_reports_to_the_hooks_without_a_reference(kaleyra, parley):
    send(kaleyra, callback_profile_id="IN_1", ref="7")

    until(lambda: len(parley.heard) == 2)

    _, path, headers, body = parley.heard[0]
    assert path == "/hooks/kaleyra/status"
    assert headers["X-Hook-Token"] == "s3cret"
    assert "ref" not in json.loads(body)


def test_a_failed_callback_is_tried_as_often_as_was_asked(kaleyra, parley):
    parley.answers = [503, 503, 200, 200]
    retry = {"count": "2", "interval": ["0.05", "0.05"]}
    callback = {"url": f"{parley.url}/news", "retry": retry}
    send(kaleyra, callback=json.dumps(callback))

    until(lambda: len(parley.heard) == 4)

    assert sorted(parley.statuses()) == ["Delivered", "Delivered", "Sent", "Sent"]
    assert [call.status for call in kaleyra.callbacks].count(503) == 2


def test_without_a_callback_nobody_is_told(kaleyra, parley):
    send(kaleyra)

    until(lambda: kaleyra.texts[0].final)

    assert parley.heard == []


def test_a_customer_writes_in_the_documented_variables(kaleyra, parley):
    answer = kaleyra.customer_texts(CUSTOMER, LINE, 'She said "yes"\n🎉')

    _, path, headers, body = parley.heard[0]
    said = json.loads(body)
    assert answer.status_code == 200
    assert (path, headers["X-Hook-Token"]) == ("/hooks/kaleyra/inbound", "s3cret")
    assert (said["source"], said["recipient"]) == (CUSTOMER[1:], LINE)
    assert said["message"] == 'She said "yes"\n🎉'


def test_naive_json_breaks_on_a_quote_and_keeps_empty_variables(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, 'Say "yes"', form="naive_json")

    body = parley.heard[0][3]
    assert '"message":"Say "yes""' in body
    assert '"keyword":"<keyword>"' in body
    with pytest.raises(ValueError):
        json.loads(body)


def test_a_form_carries_the_same_variables(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, "a & b", form="form")

    assert parse_qs(parley.heard[0][3])["message"] == ["a & b"]


def test_a_get_carries_them_in_its_query(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, "a & b", form="get")

    method, path, _, _ = parley.heard[0]
    assert method == "GET"
    assert parse_qs(urlsplit(path).query)["message"] == ["a & b"]


def test_the_american_gateway_has_words_of_its_own(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, "Hi", form="mgage")

    said = parse_qs(parley.heard[0][3])
    assert said["device_address"] == [CUSTOMER[1:]]
    assert said["inbound_address"] == [LINE[1:]]


def test_eloqua_calls_the_business_the_sender(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, "Hi", form="eloqua")

    said = json.loads(parley.heard[0][3])
    assert (said["sender"], said["number"], said["body"]) == (LINE, CUSTOMER[1:], "Hi")


def test_the_two_numbers_may_come_the_wrong_way_round(kaleyra, parley):
    kaleyra.customer_texts(CUSTOMER, LINE, "Hi", form="swapped")

    assert json.loads(parley.heard[0][3])["source"] == LINE


def test_the_same_text_can_come_twice(kaleyra, parley):
    for _ in range(2):
        kaleyra.customer_texts(CUSTOMER, LINE, "Hi", provider_id="90e1", keyword="INFO")

    first, second = (json.loads(body) for _, _, _, body in parley.heard)
    assert (first["id"], first["keyword"]) == (second["id"], "INFO") == ("90e1", "INFO")
