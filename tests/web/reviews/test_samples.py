"""What a review is drawn from, and how many it draws."""

from datetime import timedelta

from sqlalchemy import func, insert, select, update

from conversations.db import db, utcnow
from conversations.models import (
    Conversation,
    Message,
    Review,
    ReviewItem,
)
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.pages import Browser
from tests.support.teams import agent_named, own
from tests.web.reviews.reviewing import chosen, end_episode, make
from tests.web.test_page_cost import counting


def test_the_filters_choose(sue: Browser, ada: Customer, bob: Customer) -> None:
    own(ada, "Sue")
    end_episode(bob, 3, tags="orders, late")
    failed = we_reply(bob, "Yes")
    with writing():
        here = update(Message).where(Message.id == failed.id)
        db.session.execute(here.values(status="undelivered"))
    day = (utcnow() - timedelta(days=3)).date().isoformat()

    for fields, wanted in (
        ({"owner": str(agent_named("Sue").id)}, ada),
        ({"failed": True}, bob),
        ({"since": day, "until": day}, bob),
    ):
        page = make(sue, **fields)
        (row,) = page.select(".audit__event")
        assert wanted.number[-4:] in row.get_text(), fields


def test_what_no_conversation_meets_is_said_and_stays_filled_in(
    sue: Browser, ada: Customer
) -> None:
    page = make(
        sue, expect=422, since="2019-01-01", until="2019-02-01", name="Old ones"
    )

    assert "No conversation that you may see is like that." in page.get_text()
    assert page.select_one("#review-name")["value"] == "Old ones"
    make(sue, expect=422, count="0")


def test_a_sample_is_as_large_as_was_asked(
    sue: Browser, ada: Customer, bob: Customer
) -> None:
    make(sue, count="1")

    assert len(chosen()) == 1
    assert the(select(Review.total)) == 1


def test_a_long_list_costs_no_more_questions(sue: Browser, ada: Customer) -> None:
    here = make(sue).path
    costs = {path: cost(sue, path) for path in (here, f"{here}/1")}
    with writing():
        line = the(select(Conversation.line_id))
        fill(line)

    for path, before in costs.items():
        assert cost(sue, path) == before


def fill(line_id: int) -> None:
    """Forty more conversations on the list."""
    here = db.session.execute(select(func.max(Conversation.customer_id))).scalar_one()
    for n in range(2, 42):
        address = f"+1202555{1000 + n}"
        values = {"address": address, "digits": address[1:], "created_at": utcnow()}
        table = Conversation.customer.property.mapper.local_table
        db.session.execute(insert(table), values | {"id": here + n})
        row = Conversation(id=1000 + n, line_id=line_id, customer_id=here + n)
        db.session.add(row)
        db.session.flush()
        review_id = the(select(Review.id))
        item = ReviewItem(review_id=review_id, place=n, conversation_id=row.id)
        db.session.add(item)


def cost(browser: Browser, path: str) -> int:
    browser.get(path)
    with counting(browser.client.application) as queries:
        browser.get(path)
    return len(queries)
