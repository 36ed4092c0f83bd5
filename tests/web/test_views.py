"""The inbox as a view wants it: whose, which, in what order; and views kept by name."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from conversations.db import db, utcnow
from conversations.models import Agent, Conversation, ConversationTag, Line, Tag
from conversations.models import Customer as CustomerRow
from conversations.texting.status import Status
from tests.support.cast import Customer, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import SHORT_CODE, Stage


def change(customer: Customer, **columns: Any) -> None:
    with writing():
        row = db.session.get_one(Conversation, customer.conversation.id)
        for name, value in columns.items():
            setattr(row, name, value)


def agent_named(name: str) -> int:
    with writing():
        return db.session.scalars(select(Agent).where(Agent.name == name)).one().id


def shown(browser: Browser, query: str) -> list[int]:
    """The conversations in this view, from the top."""
    page = browser.get(f"/conversations?{query}")
    return [int(row["id"].partition("-")[2]) for row in page.select(".row")]


def ids(*customers: Customer) -> list[int]:
    return [customer.conversation.id for customer in customers]


def tabs(page: Page) -> list[str]:
    return [tab.get_text(" ", strip=True) for tab in page.select(".tabs__tab")]


def test_three_boxes_with_their_counts(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    change(ada, assignee_id=agent_named("Ben Okafor"))

    assert shown(ben, "box=mine") == ids(ada)
    assert shown(ben, "box=unassigned") == ids(bob)
    assert shown(ben, "") == ids(bob, ada)
    page = ben.get("/conversations?box=mine")
    assert tabs(page) == ["Mine 1", "Unassigned 1", "All 2"]
    assert page.select_one("[aria-current]#tab-mine")


def test_the_counts_stop_at_99(ben: Browser) -> None:
    many_conversations(130)

    page = ben.get("/conversations")

    assert tabs(page) == ["Mine 0", "Unassigned 99+", "All 99+"]
    assert len(page.select(".row")) == 40


def test_what_is_closed_or_snoozed_is_found_by_asking(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    change(ada, closed_at=utcnow())
    change(bob, snoozed_at=utcnow())

    assert shown(ben, "") == []
    assert shown(ben, "state=closed") == ids(ada)
    assert shown(ben, "state=snoozed") == ids(bob)
    assert shown(ben, "state=any") == ids(bob, ada)
    assert shown(ben, "q=555") == ids(ada)
    assert shown(ben, "q=555&state=open") == []


def test_every_filter_finds_its_own_and_no_others(
    stage: Stage, ben: Browser, ada: Customer, bob: Customer
) -> None:
    me = agent_named("Ben Okafor")
    we_reply(bob, "Yes", author_id=me)
    change(bob, last_outbound_status=Status.FAILED, assignee_id=me)
    change(ada, follow_up_at=utcnow() - timedelta(minutes=1))
    ben.submit(ben.get(f"/conversations/{ids(bob)[0]}"), button="Mark as read")
    with writing():
        tag = Tag(name="orders")
        db.session.add(tag)
        db.session.flush()
        there = {"conversation_id": ids(ada)[0], "tag_id": tag.id}
        db.session.add(ConversationTag(**there))
        line = db.session.scalars(select(Line).where(Line.address == SHORT_CODE)).one()
        elsewhere = f"line={line.id}"
        db.session.get_one(Conversation, ids(ada)[0]).line_id = line.id

    assert shown(ben, "waiting=1") == ids(ada)
    assert shown(ben, "unread=1") == ids(ada)
    assert shown(ben, "due=1") == ids(ada)
    assert shown(ben, f"tag={the(select(Tag.id))}") == ids(ada)
    assert shown(ben, elsewhere) == ids(ada)
    assert shown(ben, "failed=1") == ids(bob)
    assert shown(ben, f"assignee={me}") == ids(bob)
    assert shown(ben, "failed=1&waiting=1") == []


def test_a_text_that_failed_after_closing_is_found(ben: Browser, ada: Customer) -> None:
    change(ada, closed_at=utcnow(), last_outbound_status=Status.FAILED)

    assert shown(ben, "failed=1") == ids(ada)
    assert shown(ben, "failed=1&state=open") == []


def test_a_filter_in_use_is_named_and_can_be_taken_away(
    ben: Browser, ada: Customer
) -> None:
    page = ben.get("/conversations?waiting=1&state=closed")

    chips = [chip.get_text(" ", strip=True) for chip in page.select(".sieve__chosen a")]
    assert chips == [
        "Closed , remove this filter",
        "Needs reply , remove this filter",
    ]
    page = ben.get(page.select(".sieve__chosen a")[0]["href"])
    assert page.select(".row")
    assert "Needs reply" in page.select_one(".sieve__chosen").get_text()


def test_the_unread_of_a_box_are_one_press_away_and_so_is_the_rest(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    ben.submit(ben.get(f"/conversations/{ada.conversation.id}"), button="Mark as read")
    page = ben.get("/conversations?box=unassigned")

    page = ben.follow(page, "Unread")

    assert page.select_one(".tabs [aria-current]").get_text().startswith("Unassigned")
    assert [row["id"] for row in page.select(".row")] == [
        f"conversation-{bob.conversation.id}"
    ]
    chosen = page.select_one("#only-unread[aria-current]")
    assert len(ben.get(chosen["href"]).select(".row")) == 2


def test_filters_that_make_no_sense_are_as_if_they_were_not_there(
    ben: Browser, ada: Customer
) -> None:
    nonsense = f"box=x&state=%00&line=-1&tag=a&assignee={10**30}&waiting=yes&order=up"

    assert shown(ben, nonsense) == ids(ada)
    assert shown(ben, "before=nonsense") == ids(ada)


def test_the_form_of_filters_leads_to_the_view(ben: Browser, ada: Customer) -> None:
    page = ben.submit(ben.get("/conversations?box=mine"), ".sieve__form", state="any")

    assert "box=mine&state=any" in page.url
    assert page.select_one("option[value=any]")["selected"] == ""


def test_longest_waiting_first_is_in_turn_and_page_by_page(ben: Browser) -> None:
    many_conversations(90)

    page, seen = ben.get("/conversations?order=longest-wait"), []
    while True:
        seen += [int(row["id"].partition("-")[2]) for row in page.select(".row")]
        if not page.select_one(".rows__older"):
            break
        page = ben.follow(page, "More conversations")

    since = {c: w for c, w in waiting_since().items() if w}
    assert seen == sorted(since, key=lambda id: (since[id], id))


def test_the_order_is_remembered(ben: Browser, ada: Customer, bob: Customer) -> None:
    assert shown(ben, "") == ids(bob, ada)

    page = ben.submit(ben.get("/conversations"), button="Who waits, longest first")

    assert [r["id"] for r in page.select(".row")] == [
        f"conversation-{id}" for id in ids(ada, bob)
    ]
    assert shown(ben, "") == ids(ada, bob)
    assert shown(ben, "order=latest") == ids(bob, ada)


def test_a_view_is_kept_and_forgotten(
    ben: Browser, ana: Browser, ada: Customer, bob: Customer
) -> None:
    change(ada, closed_at=utcnow())
    page = ben.get("/conversations?state=closed")

    page = ben.submit(page, button="Keep", name="Done")
    page = ben.follow(ben.get("/conversations"), "Done")

    assert [r["id"] for r in page.select(".row")] == [f"conversation-{ids(ada)[0]}"]
    assert "Done" not in ana.get("/conversations").select_one(".sieve").get_text()
    page = ben.submit(page, button="Remove the view Done")
    assert "Done" not in page.select_one(".sieve").get_text()


def test_a_view_stays_while_one_goes_through_its_threads(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    page = ben.get("/conversations?state=any&waiting=1")

    page = ben.get(page.select_one(".row__link")["href"])

    assert len(page.select(".sieve__chosen a")) == 2
    assert page.select_one(".thread__back")["href"].endswith("?state=any&waiting=1")
    assert page.select_one("#conversations")["data-query"] == (
        "state=any&waiting=1&order=latest"
    )


def test_a_row_that_stands_elsewhere_is_not_in_the_view(
    ben: Browser, ada: Customer
) -> None:
    path = f"/conversations/{ids(ada)[0]}/row"
    assert ben.fragment(f"{path}?waiting=1").select(".row")
    assert ben.fragment(f"{path}?q=555").select(".row")

    for query in ("box=mine", "state=closed", "q=Hackney"):
        assert not ben.fragment(f"{path}?{query}").select(".row")


def test_a_rows_rank_is_its_place_in_the_order(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    for order in ("latest", "longest-wait"):
        rows = ben.get(f"/conversations?order={order}").select(".row")
        ranks = [int(row["data-rank"]) for row in rows]
        assert ranks == sorted(ranks, reverse=True)
        row = ben.fragment(f"/conversations/{ids(ada)[0]}/row?order={order}")
        assert int(row.select_one(".row")["data-rank"]) in ranks


def test_the_list_says_when_nobody_waits(ben: Browser, ada: Customer) -> None:
    change(ada, waiting_since=None)

    page = ben.get("/conversations?waiting=1")

    assert "Nobody waits" in page.get_text()
    assert ben.follow(page, "Show all conversations").select(".row")


def test_the_counts_alone_are_those_of_the_page(ben: Browser, ada: Customer) -> None:
    alone = ben.fragment("/conversations/tabs?box=unassigned")

    assert tabs(alone) == tabs(ben.get("/conversations"))
    assert alone.select_one("[aria-current]#tab-unassigned")


def many_conversations(count: int) -> None:
    """All open; every third one waits for nothing."""
    began = utcnow() - timedelta(days=1)
    with writing():
        people = [
            {"address": f"+1202556{n:04}", "digits": f"1202556{n:04}", "id": n + 1}
            for n in range(count)
        ]
        db.session.execute(insert(CustomerRow), people)
        line = db.session.scalars(select(Line.id).limit(1)).one()
        plain = {"line_id": line, "preview": "Hi", "last_message_at": began}
        rows = [
            plain
            | {"customer_id": n + 1, "last_message_id": n + 1}
            | {"waiting_since": began + timedelta(seconds=n % 7) if n % 3 else None}
            for n in range(count)
        ]
        db.session.execute(insert(Conversation), rows)


def waiting_since() -> dict[int, Any]:
    with writing():
        query = select(Conversation.id, Conversation.waiting_since)
        return {row.id: row.waiting_since for row in db.session.execute(query)}
