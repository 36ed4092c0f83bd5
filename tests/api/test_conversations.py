"""Other programs read conversations, newest first, page by page."""

import pytest
from flask.testing import FlaskClient

from conversations.desk import tokens
from tests.support.cast import Customer, we_reply, writing
from tests.support.stage import LINE, Stage


@pytest.fixture
def program(client: FlaskClient) -> FlaskClient:
    with writing():
        token = tokens.create("the archive")
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.mark.parametrize("number", ["%2B12025550142", "12025550142", "1 202-555-0142"])
def test_a_customer_is_found_by_number_in_any_format(
    ada: Customer, program: FlaskClient, number: str
) -> None:
    page = program.get(f"/api/v1/conversations?customer={number}").json

    (found,) = page["data"]
    assert (found["customer"], found["line"]) == (ada.number, LINE)
    assert found["preview"] == "Hi, is my order ready?"
    assert page["next"] is None


def test_an_unknown_customer_has_no_conversations(program: FlaskClient) -> None:
    page = program.get("/api/v1/conversations?customer=%2B12025550177").json

    assert page == {"data": [], "next": None}


def test_conversations_come_page_by_page(
    stage: Stage, ada: Customer, program: FlaskClient
) -> None:
    for last in range(5):
        Customer(f"+1202555015{last}", LINE, ada.caller).texts("Hello")
    stage.read()

    seen, before = [], ""
    while before is not None:
        page = program.get(f"/api/v1/conversations?limit=2{before}").json
        seen += [found["customer"] for found in page["data"]]
        before = page["next"] and f"&before={page['next']}"

    assert len(seen) == len(set(seen)) == 6
    assert seen[-1] == ada.number


def test_messages_come_newest_first_and_page_by_page(
    ada: Customer, program: FlaskClient
) -> None:
    for n in range(4):
        we_reply(ada, f"{n}")
    path = f"/api/v1/conversations/{ada.conversation.id}/messages"

    first = program.get(f"{path}?limit=3").json
    second = program.get(f"{path}?limit=3&before={first['next']}").json

    assert [m["body"] for m in first["data"]] == ["3", "2", "1"]
    assert [m["body"] for m in second["data"]] == ["0", "Hi, is my order ready?"]
    assert second["next"] is None


@pytest.mark.parametrize("query", ["limit=x", "before=-1", "before=1e9", "limit=²"])
def test_nonsense_in_the_query_is_a_problem(program: FlaskClient, query: str) -> None:
    answer = program.get(f"/api/v1/conversations?{query}")

    assert (answer.status_code, answer.json["code"]) == (400, "not_a_number")
