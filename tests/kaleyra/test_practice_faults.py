"""The practice Kaleyra goes wrong in every way it is told to, one text each."""

import time
from collections.abc import Callable, Iterator

import pytest
import requests

from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.kaleyra.practice.faults.menu import CHOICES, named

CUSTOMER = "+12025550142"
LINE = "+12025550100"


@pytest.fixture
def kaleyra() -> Iterator[PracticeKaleyra]:
    with PracticeKaleyra(report_after=0.01) as kaleyra:
        yield kaleyra


def send(
    kaleyra: PracticeKaleyra, *script: faults.Fault, timeout: float = 5
) -> requests.Response:
    kaleyra.script(*script)
    news = f"{kaleyra.url}/news"
    fields = {"to": CUSTOMER, "sender": LINE, "body": "Hello!", "callback": news}
    return requests.post(
        f"{kaleyra.url}/v1/PRACTICE/messages",
        data=fields,
        headers={"api-key": "practice"},
        timeout=timeout,
        allow_redirects=False,
    )


def reported(kaleyra: PracticeKaleyra) -> list[str]:
    return [call.body["status"] for call in kaleyra.callbacks]


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def test_faults_are_used_up_in_their_order_and_then_all_is_well(kaleyra):
    kaleyra.script(faults.bad_gateway(), faults.throttle())

    assert [send(kaleyra).status_code for _ in range(3)] == [502, 429, 202]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (faults.refuse("Invalid number"), 400),
        (faults.unauthorised(), 401),
        (faults.unauthorised(403), 403),
        (faults.not_found(), 404),
        (faults.error_500(), 500),
        (faults.bad_gateway(), 502),
        (faults.gateway_timeout(), 504),
        (faults.html_200(), 200),
        (faults.redirect(), 302),
        (faults.no_id(), 202),
        (faults.error_in_2xx(), 202),
        (faults.throttle(), 429),
        (faults.unavailable(), 503),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_an_answer_in_kaleyras_place_means_the_text_was_not_taken(
    kaleyra, fault, status
):
    assert send(kaleyra, fault).status_code == status
    assert kaleyra.texts == []


def test_a_refusal_names_the_field(kaleyra):
    answer = send(kaleyra, faults.refuse("No such number", "to"))

    assert answer.json()["error"] == {"to": "No such number"}


@pytest.mark.parametrize("fault", [faults.throttle(3), faults.unavailable(3)])
def test_a_busy_kaleyra_says_when_to_come_back(kaleyra, fault):
    assert send(kaleyra, fault).headers["Retry-After"] == "3"


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.html_200()])
def test_a_gateway_speaks_html(kaleyra, fault):
    answer = send(kaleyra, fault)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_a_gateway_may_break_after_the_text_was_taken(kaleyra):
    answer = send(kaleyra, faults.bad_gateway(accepted=True))

    assert (answer.status_code, len(kaleyra.texts)) == (502, 1)


def test_whoever_follows_a_redirect_is_seen(kaleyra):
    address = send(kaleyra, faults.redirect()).headers["Location"]

    requests.get(f"{kaleyra.url}{address}", timeout=5)

    assert kaleyra.requests[-1].path == address


@pytest.mark.parametrize(
    ("fault", "taken"), [(faults.hang(), 0), (faults.hang_after_accepting(), 1)]
)
def test_an_answer_that_does_not_come(kaleyra, fault, taken):
    with pytest.raises(requests.ReadTimeout):
        send(kaleyra, fault, timeout=0.2)

    assert len(kaleyra.texts) == taken


def test_a_hang_ends_with_hanging_up(kaleyra):
    with pytest.raises(requests.ConnectionError):
        send(kaleyra, faults.hang(0.05))


@pytest.mark.parametrize(
    ("fault", "taken"), [(faults.cut(), 0), (faults.cut(accepted=True), 1)]
)
def test_a_cut_before_the_answer(kaleyra, fault, taken):
    with pytest.raises(requests.ConnectionError):
        send(kaleyra, fault)

    assert len(kaleyra.texts) == taken


def test_a_cut_within_the_answer(kaleyra):
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        send(kaleyra, faults.cut(in_body=True))

    assert len(kaleyra.texts) == 1


@pytest.mark.parametrize(
    ("fault", "least"), [(faults.drip(0.01), 12), (faults.huge(), 1_000_000)]
)
def test_an_answer_without_end_keeps_coming(kaleyra, fault, least):
    kaleyra.script(fault)
    with requests.post(
        f"{kaleyra.url}/v1/PRACTICE/messages",
        data={"to": CUSTOMER, "sender": LINE, "body": "Hello!"},
        headers={"api-key": "practice"},
        timeout=5,
        stream=True,
    ) as answer:
        heard = 0
        for piece in answer.iter_content(None):
            heard += len(piece)
            if heard >= least:
                break

    assert heard >= least


def test_a_slow_answer_is_a_good_one(kaleyra):
    started = time.monotonic()
    answer = send(kaleyra, faults.slow(0.1))

    assert answer.status_code == 202
    assert time.monotonic() - started >= 0.1


def test_early_reports_come_before_the_answer(kaleyra):
    kaleyra.report_after = 60
    send(kaleyra, faults.early())

    assert reported(kaleyra) == ["Sent", "Delivered"]


@pytest.mark.parametrize(
    ("fault", "news"),
    [
        (faults.doubled(), ["Sent", "Sent", "Delivered", "Delivered"]),
        (faults.reordered(), ["Delivered", "Sent"]),
        (faults.undelivered("MEM-EXEC"), ["Sent", "Undelivered"]),
        (faults.opted_out(), ["NotSent"]),
        (faults.only_sent(), ["Sent"]),
        (faults.late(0.05), ["Sent", "Delivered"]),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_reports_go_astray(kaleyra, fault, news):
    send(kaleyra, fault)

    until(lambda: len(kaleyra.callbacks) == len(news))
    time.sleep(0.05)

    assert reported(kaleyra) == news


def test_a_lost_text_says_why(kaleyra):
    send(kaleyra, faults.opted_out())

    until(lambda: kaleyra.callbacks)

    assert kaleyra.callbacks[0].body["status_trace"] == "OPT-OUT"
    assert kaleyra.texts[0].status == "NotSent"


def test_reports_in_the_wrong_order_do_not_confuse_kaleyra_itself(kaleyra):
    send(kaleyra, faults.reordered())

    until(lambda: len(kaleyra.callbacks) == 2)

    assert kaleyra.texts[0].status == "Delivered"


def test_a_silent_kaleyra_still_knows(kaleyra):
    send(kaleyra, faults.silent())

    until(lambda: kaleyra.texts[0].final)

    assert kaleyra.callbacks == []


@pytest.mark.parametrize("name", CHOICES)
def test_every_fault_on_the_menu_can_be_made(name):
    assert named(name).name == name
