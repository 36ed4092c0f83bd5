"""The practice phone: a person plays the customer, in a browser or without scripts."""

from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep

import pytest
import requests
from werkzeug.serving import make_server

from conversations.kaleyra.practice import Hooks, PracticeKaleyra, faults

CUSTOMER = "+12025550142"
LINE = "+12025550100"
ADA = {"customer": CUSTOMER, "line": LINE}


@pytest.fixture
def parley() -> Iterator[Hooks]:
    """Whoever answers 200 to every text."""

    def app(_environ, start_response):
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Hooks.of(f"http://127.0.0.1:{server.port}", "s3cret")
    server.shutdown()


@pytest.fixture
def kaleyra() -> Iterator[PracticeKaleyra]:
    with PracticeKaleyra(report_after=0.01) as kaleyra:
        yield kaleyra


def page(kaleyra: PracticeKaleyra, path: str = "/", **query: str) -> requests.Response:
    return requests.get(f"{kaleyra.url}{path}", params=query, timeout=5)


def post(
    kaleyra: PracticeKaleyra, path: str, fields: dict[str, str], **headers: str
) -> requests.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"{kaleyra.url}{path}"
    return requests.post(url, data=fields, headers=names, timeout=5)


def page_saying(kaleyra: PracticeKaleyra, words: str) -> str:
    deadline = monotonic() + 5
    while words not in (text := page(kaleyra, **ADA).text):
        assert monotonic() < deadline, f"the page never said {words!r}"
        sleep(0.01)
    return text


def test_the_page_says_that_nothing_is_real(kaleyra):
    text = page(kaleyra).text

    assert "no real texts</span></h1>" in text
    assert text.count("<h1") == 1


def test_what_a_person_writes_reaches_parley(kaleyra, parley):
    kaleyra.hooks = parley

    answer = post(kaleyra, "/texts", {**ADA, "body": "Are you open?"})

    assert answer.status_code == 200
    assert "Are you open?" in page_saying(kaleyra, "· sent")


def test_a_text_that_did_not_get_through_can_be_tried_again(kaleyra, parley):
    kaleyra.hooks = Hooks.of("http://127.0.0.1:9", "s3cret")
    post(kaleyra, "/texts", {**ADA, "body": "Hello?"})
    page_saying(kaleyra, "Parley could not be reached")

    kaleyra.hooks = parley
    post(kaleyra, "/retries", {"id": kaleyra.book.all()[0].id})

    assert "Try again" not in page_saying(kaleyra, "· sent")


def test_what_the_business_writes_shows_with_what_became_of_it(kaleyra):
    kaleyra.script(faults.undelivered())
    url = f"{kaleyra.url}/v1/PRACTICE/messages"
    fields = {"to": CUSTOMER, "sender": LINE, "body": "See you at six"}

    requests.post(url, data=fields, headers={"api-key": "practice"}, timeout=5)

    text = page_saying(kaleyra, "did not arrive (ABSENT-SUB)")
    assert "See you at six" in text
    assert "text--theirs" in text


def test_markup_in_a_text_stays_text(kaleyra):
    post(kaleyra, "/texts", {**ADA, "body": "<script>alert(1)</script>"})

    text = page(kaleyra, **ADA).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_the_phone_opens_with_whoever_had_a_text_last(kaleyra):
    post(kaleyra, "/texts", {**ADA, "body": "Hello?"})

    assert page(kaleyra).url == page(kaleyra, **ADA).url


def test_a_number_may_be_typed_with_spaces(kaleyra):
    chosen = page(kaleyra, "/numbers", number="+1 (202) 555-0142", line=LINE)

    assert chosen.url == page(kaleyra, **ADA).url


def test_a_number_that_is_none_is_explained(kaleyra):
    answer = page(kaleyra, "/numbers", number="12")

    assert answer.status_code == 422
    assert "country code" in answer.text
    assert 'value="12"' in answer.text


def test_an_empty_text_is_explained(kaleyra):
    answer = post(kaleyra, "/texts", {**ADA, "body": " "})

    assert answer.status_code == 422
    assert "Write something" in answer.text


def test_nothing_new_is_said_in_no_words(kaleyra):
    post(kaleyra, "/texts", {**ADA, "body": "Hello?"})
    page_saying(kaleyra, "not taken")
    changes = page(kaleyra, "/changes", **ADA, seen="")
    seen = changes.text.split('version="')[1].split('"')[0]

    assert "Hello?" in changes.text
    assert page(kaleyra, "/changes", **ADA, seen=seen).status_code == 204


def test_a_person_chooses_what_goes_wrong(kaleyra):
    post(kaleyra, "/practice/script", {**ADA, "name": "hang", "times": "2"})
    waiting = page(kaleyra, **ADA).text
    post(kaleyra, "/practice/script", {**ADA, "name": "forget"})

    assert "No answer; the text is lost</strong>, and 1 more" in waiting
    assert "Next text" not in page(kaleyra, **ADA).text


@pytest.mark.parametrize("path", ["/texts", "/retries", "/practice/script"])
@pytest.mark.parametrize(
    "sender",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_other_sites_pages_cannot_play_the_customer(kaleyra, path, sender):
    fields = {**ADA, "body": "Hello?", "name": "hang"}

    assert post(kaleyra, path, fields, **sender).status_code == 403
    assert kaleyra.book.all() == []


def test_its_own_page_can(kaleyra):
    fields = {**ADA, "body": "Hello?"}
    headers = {"Origin": kaleyra.url, "Sec_Fetch_Site": "same-origin"}

    assert post(kaleyra, "/texts", fields, **headers).status_code == 200


def test_another_name_for_this_machine_is_not_answered(kaleyra):
    answer = requests.get(kaleyra.url, headers={"Host": "rebound.example"}, timeout=5)

    assert answer.status_code == 400


def test_the_page_runs_nothing_but_its_own_files(kaleyra):
    answer = page(kaleyra)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert page(kaleyra, "/static/live-phone.js").status_code == 200
