"""The callback addresses: what is let in, what is kept, what is answered."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from conversations.models import Callback
from tests.support.cast import Caller, everything
from tests.support.stage import HOOK_TOKEN

INBOUND = "/hooks/kaleyra/inbound"
TEXT = {"source": "12025550142", "recipient": "+12025550100", "message": "Hi"}


def kept() -> list[Callback]:
    return everything(select(Callback).order_by(Callback.id))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_callback_is_kept_just_as_it_came(client: FlaskClient, method: str) -> None:
    answer = client.open(
        f"{INBOUND}?a=1",
        method=method,
        data=b"\xff\x00 raw",
        headers={"X-Hook-Token": HOOK_TOKEN, "Content-Type": "text/odd"},
    )

    (callback,) = kept()
    assert answer.status_code == 200
    assert callback.method == method
    assert callback.body == b"\xff\x00 raw"
    assert (callback.query, callback.content_type) == ("a=1", "text/odd")


def test_the_secret_may_come_as_a_header_a_password_or_in_the_query(
    client: FlaskClient,
) -> None:
    header = client.post(INBOUND, json=TEXT, headers={"X-Hook-Token": HOOK_TOKEN})
    basic = client.post(INBOUND, json=TEXT, auth=("anybody", HOOK_TOKEN))
    query = client.post(f"{INBOUND}?token={HOOK_TOKEN}", json=TEXT)

    assert [a.status_code for a in (header, basic, query)] == [200, 200, 200]


@pytest.mark.parametrize(
    "secret",
    [
        {},
        {"headers": {"X-Hook-Token": "wrong"}},
        {"headers": {"X-Hook-Token": ""}},
        {"headers": {"X-Hook-Token": "schl\u00fcssel".encode().decode("latin-1")}},
        {"auth": ("anybody", "wrong")},
        {"query_string": {"token": "wrong"}},
        {"headers": {"Authorization": "Basic !!!"}},
    ],
)
def test_without_the_right_secret_nothing_is_kept(
    client: FlaskClient, secret: dict[str, object]
) -> None:
    answer = client.post(INBOUND, json=TEXT, **secret)

    assert answer.status_code == 401
    assert not kept()


def test_the_secret_itself_is_never_kept(client: FlaskClient) -> None:
    client.get(f"{INBOUND}?token={HOOK_TOKEN}&source=12025550142&message=Hi")

    (callback,) = kept()
    assert callback.query == "source=12025550142&message=Hi"


@pytest.mark.parametrize("query", ["", "x=" + "y" * 65_536])
def test_more_than_64_kib_is_refused(client: FlaskClient, query: str) -> None:
    body = b"" if query else b"x" * 65_537

    answer = client.post(
        f"{INBOUND}?{query}", data=body, headers={"X-Hook-Token": HOOK_TOKEN}
    )

    assert answer.status_code == 413
    assert not kept()


def test_64_kib_is_not_too_much(kaleyra_calls: Caller) -> None:
    answer = kaleyra_calls.post("inbound", data=b"x" * 65_536)

    assert answer.status_code == 200


def test_other_methods_and_addresses_keep_nothing(client: FlaskClient) -> None:
    token = {"X-Hook-Token": HOOK_TOKEN}

    assert client.delete(INBOUND, headers=token).status_code == 405
    assert client.post("/hooks/kaleyra/other", headers=token).status_code == 404
    assert not kept()


def test_the_secret_is_known_under_an_encoded_name_too(client: FlaskClient) -> None:
    client.get(f"{INBOUND}?%74oken={HOOK_TOKEN}&message=Hi")

    (callback,) = kept()
    assert callback.query == "message=Hi"


def test_a_query_that_nobody_encoded_keeps_its_letters(client: FlaskClient) -> None:
    environ = {"QUERY_STRING": "message=très".encode().decode("latin-1")}
    headers = {"X-Hook-Token": HOOK_TOKEN}

    client.get(INBOUND, environ_overrides=environ, headers=headers)

    (callback,) = kept()
    assert callback.query == "message=très"
