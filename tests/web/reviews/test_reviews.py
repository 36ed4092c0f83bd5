"""Reviews: supervisors look back on conversations, and agents see nothing of it."""

import csv
from io import StringIO

from flask import Flask
from sqlalchemy import select, update

from conversations.db import db
from conversations.desk import reviewing
from conversations.models import (
    Audit,
    Message,
    Presence,
    ReadMark,
    Review,
    ReviewItem,
)
from conversations.models.agent import SUPERVISOR
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.teams import agent_named, change, give, team_of
from tests.web.conftest import signed_in
from tests.web.reviews.reviewing import SECRET, chosen, judge, make


def test_reviews_are_for_supervisors_and_admins(
    sue: Browser, ben: Browser, ana: Browser, browser: Browser, review: Page
) -> None:
    for address in ("/reviews", "/reviews/1", "/reviews/1/1", "/reviews/1/results"):
        ben.get(address, expect=403)
        assert browser.get(address).path == "/sign-in"
        ana.get(address)
    assert sue.get("/profile").select(".rail a[href='/reviews']")
    assert not ben.get("/profile").select(".rail a[href='/reviews']")
    for admins_own in ("/agents", "/lines", "/callbacks"):
        sue.get(admins_own, expect=403)


def test_a_review_is_worked_through_left_and_taken_up_again(
    sue: Browser, review: Page
) -> None:
    assert "0 of 2" in review.get_text()
    first = sue.follow(review, "Begin")
    second = judge(sue, first, "fine", "Kind and quick")
    assert second.path.endswith("/2")

    left = sue.get("/reviews")
    assert "1 of 2" in left.get_text()
    again = sue.follow(sue.get(review.path), "Go on")
    assert again.path == second.path
    done = judge(sue, again, "needs-work", SECRET)

    assert done.path == review.path
    assert "2 of 2" in done.get_text()
    assert SECRET in done.get_text()
    kept = everything(select(ReviewItem).order_by(ReviewItem.place))
    assert [(each.verdict, each.judged_by) for each in kept] == [
        ("fine", "Sue Lindqvist"),
        ("needs-work", "Sue Lindqvist"),
    ]


def test_of_two_who_judge_the_same_the_second_is_told(
    ana: Browser, sue: Browser, review: Page
) -> None:
    before = ana.get(f"{review.path}/1")
    judge(sue, sue.follow(review, "Begin"), "flagged", SECRET)

    fields = {"verdict": "fine", "body": "Kind and quick"}
    told = ana.submit(before, ".review__verdict", expect=422, **fields)

    assert "Somebody else has judged this" in told.get_text()
    assert SECRET in told.select_one(".review__verdict").get_text()
    assert told.select_one("#comment").get_text().strip() == "Kind and quick"
    judge(ana, told, "fine", "Kind and quick")
    assert the(select(ReviewItem).where(ReviewItem.place == 1)).verdict == "fine"


def test_a_review_that_is_removed_while_it_is_judged_is_not_there(
    app: Flask, review: Page
) -> None:
    review_id = int(review.path.rsplit("/", 1)[1])
    with writing():
        item = db.session.get_one(ReviewItem, (review_id, 1))
        db.session.expunge(item)
        reviewing.remove(db.session.get_one(Review, review_id))
        assert not reviewing.hold(item)


def test_a_thread_in_review_can_only_be_read(
    sue: Browser, ada: Customer, review: Page
) -> None:
    failed = we_reply(ada, "Yes")
    with writing():
        here = update(Message).where(Message.id == failed.id)
        db.session.execute(here.values(status="failed", failure_text="No such number."))
    before = state(ada)

    for place in (1, 2):
        page = sue.get(f"{review.path}/{place}")
        posts = [each["action"] for each in page.select("main form")]
        assert posts == [f"{review.path}/{place}"]
        assert not page.select("#composer, #noter, live-thread, [data-conversation]")

    assert state(ada) == before


def state(customer: Customer) -> tuple[object, ...]:
    """All that agents could notice."""
    marks = [(each.agent_id, each.message_id) for each in everything(select(ReadMark))]
    present = [each.agent_id for each in everything(select(Presence))]
    return len(customer.messages), customer.conversation.assignee_id, marks, present


def test_nobody_else_reads_the_comments(
    app: Flask, sue: Browser, ben: Browser, ana: Browser, review: Page
) -> None:
    other = signed_in(app, "Tom Baker", SUPERVISOR)
    page = sue.follow(review, "Begin")
    judge(sue, page, "flagged", SECRET)

    for address in (review.path, f"{review.path}/1", f"{review.path}/results"):
        other.get(address, expect=404)
        assert SECRET in ana.client.get(address).text
    assert review.path not in other.get("/reviews").decode()
    for address in ("/conversations", f"/conversations/{chosen()[0]}", "/search"):
        assert SECRET not in ben.get(address).decode()


def test_a_supervisor_reviews_only_what_they_may_see(
    sue: Browser, ana: Browser, ada: Customer, bob: Customer
) -> None:
    give(ada, team_of("Billing", "Ana"))

    make(sue)

    assert chosen() == [bob.conversation.id]


def test_what_went_to_another_team_is_not_shown_any_more(
    sue: Browser, ana: Browser, ada: Customer, review: Page
) -> None:
    give(ada, team_of("Billing", "Ana"))
    place = chosen().index(ada.conversation.id) + 1
    token = review.select_one("input[name=csrf_token]")["value"]

    page = sue.get(f"{review.path}/{place}")
    posted = sue.client.post(
        f"{review.path}/{place}", data={"csrf_token": token, "verdict": "fine"}
    )

    assert "went to a team that you are not in" in page.get_text()
    assert posted.status_code == 404
    for each in (page, sue.get(review.path), sue.get(f"{review.path}/results")):
        assert "my order" not in each.response.text
        assert "5550142" not in each.response.text.replace("-", "")


def test_what_a_masked_supervisor_takes_away_is_masked(
    sue: Browser, review: Page
) -> None:
    change("Sue", masked=True)

    for address in (f"{review.path}/results", review.path, f"{review.path}/1"):
        assert "2025550142" not in sue.get(address).response.text


def test_a_verdict_is_one_of_three(sue: Browser, review: Page) -> None:
    token = review.select_one("input[name=csrf_token]")["value"]
    form = {"csrf_token": token, "verdict": "superb", "body": SECRET}

    answer = sue.client.post(f"{review.path}/1", data=form)

    assert answer.status_code == 422
    assert SECRET in answer.text
    assert not everything(select(ReviewItem).where(ReviewItem.verdict.is_not(None)))


def test_the_results_are_a_table_in_which_nothing_is_a_formula(
    sue: Browser, review: Page
) -> None:
    judge(sue, sue.follow(review, "Begin"), "flagged", "=HYPERLINK(1)")

    answer = sue.client.get(f"{review.path}/results")

    header, first, second = csv.reader(StringIO(answer.text))
    row = dict(zip(header, first, strict=True))
    assert (row["verdict"], row["comment"]) == ("flagged", "'=HYPERLINK(1)")
    assert row["judged_by"] == "Sue Lindqvist"
    assert second[header.index("verdict")] == ""
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_reviewed_is_in_the_audit_trail_without_the_comment(
    sue: Browser, review: Page
) -> None:
    judge(sue, sue.follow(review, "Begin"), "flagged", SECRET)
    sue.get(f"{review.path}/results")

    trail = [row for row in everything(select(Audit)) if row.agent == "Sue Lindqvist"]

    looked = [row.subject_id for row in trail if row.act == "reviewed"]
    assert sorted(looked) == sorted(chosen())
    assert {"review_made", "export_fetched"} <= {row.act for row in trail}
    assert not [row for row in trail if "Rude" in row.detail]


def test_a_review_is_removed_when_one_is_sure(sue: Browser, review: Page) -> None:
    asked = sue.submit(review, button="Remove")
    sue.submit(asked, button="Remove it")

    assert not everything(select(Review))
    assert not everything(select(ReviewItem))


def test_an_admin_makes_a_supervisor(ana: Browser, ben: Browser) -> None:
    page = ana.get(f"/agents/{agent_named('Ben').id}")

    asked = ana.submit(page, role="supervisor", button="Save")
    assert "can review the conversations that they may see" in asked.get_text()
    ana.submit(asked, button="Change Ben Okafor")

    ben.get("/reviews")
