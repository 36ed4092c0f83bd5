"""A line that only makes trouble is held back; a rate is kept; people go first."""

from datetime import timedelta

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.desk import customers
from conversations.kaleyra.answers import Blocked, NotSent, Unconfirmed
from conversations.models import Line, Message
from conversations.texting import line_health, outbox, sending
from tests.support.cast import Customer, everything, we_reply, writing
from tests.support.line import GOOD, LEASE, change_line, claimed, learn, line, told
from tests.support.stage import LINE, SHORT_CODE, Stage

TROUBLE = Unconfirmed("no_answer", "No answer came.")


def test_five_troubles_in_a_minute_hold_the_line_for_half_a_minute(
    queue: list[int],
) -> None:
    learn(*[TROUBLE] * 4)
    assert line().held_until is None

    learn(TROUBLE)

    held_for = line().held_until - utcnow()
    assert timedelta(seconds=25) < held_for <= timedelta(seconds=30)
    assert claimed() == []


def test_many_good_answers_outweigh_a_few_troubles(stage: Stage) -> None:
    learn(*[GOOD] * 10, *[TROUBLE] * 5)

    assert line().held_until is None


def test_a_held_line_is_tried_with_a_single_text(queue: list[int]) -> None:
    learn(*[TROUBLE] * 5)
    change_line(held_until=utcnow())

    assert claimed() == queue[:1]
    assert claimed() == []


def test_a_good_answer_opens_the_line_again(queue: list[int]) -> None:
    learn(*[TROUBLE] * 5)
    change_line(held_until=utcnow())

    learn(GOOD)

    assert not line().probing
    assert claimed() == queue


def test_another_trouble_holds_it_twice_as_long(stage: Stage) -> None:
    learn(*[TROUBLE] * 5)
    change_line(held_until=utcnow())

    learn(TROUBLE)

    assert line().held_until - utcnow() > timedelta(seconds=55)


def test_being_asked_to_wait_holds_the_line_for_as_long(queue: list[int]) -> None:
    learn(NotSent("429", "Slow down.", 7))

    assert timedelta(seconds=5) < line().held_until - utcnow() < timedelta(seconds=8)
    assert claimed() == []


def test_a_rate_is_kept_by_all_workers_together(queue: list[int]) -> None:
    change_line(rate=3.0)

    assert len(claimed()) == 3
    assert claimed() == []


def test_a_line_that_may_send_little_holds_up_no_other(
    stage: Stage, queue: list[int], ada: Customer
) -> None:
    change_line(rate=1.0)
    eve = Customer("+12025550999", SHORT_CODE, ada.caller)
    eve.texts("Hello")
    stage.read()
    hers = we_reply(eve, "Hello").id

    assert claimed(limit=5) == [queue[0], hers]


def test_a_rate_lets_more_through_as_time_goes_by(stage: Stage) -> None:
    with writing():
        now = utcnow()
        assert line_health.allowed("k", 2.0, 5, now) == 2
        assert line_health.allowed("k", 2.0, 5, now) == 0
        assert line_health.allowed("k", 2.0, 5, now + timedelta(seconds=0.5)) == 1
        assert line_health.allowed("k", 2.0, 5, now + timedelta(hours=1)) == 2


def test_a_person_goes_before_a_program(queue: list[int]) -> None:
    with writing():
        some = update(Message).where(Message.id.in_(queue[:9]))
        db.session.execute(some.values(priority=1))

    assert claimed(1) == queue[9:]
    assert len(everything(select(Message).where(Message.status == "queued"))) == 9


def test_a_reply_overtakes_what_programs_queued_but_not_in_its_own_conversation(
    queue: list[int], ada: Customer
) -> None:
    with writing():
        db.session.execute(update(Message).values(priority=sending.PROGRAMS))
    first = we_reply(ada, "From the shop", priority=sending.PROGRAMS)
    second = we_reply(ada, "From Ana")
    bob = Customer("+442079460018", LINE, ada.caller)
    with writing():
        line_id = db.session.scalar(select(Line.id).where(Line.address == LINE))
        customers.conversation_with(db.session.get_one(Line, line_id), bob.number, None)
    urgent = we_reply(bob, "Yes, we do")

    order = [claimed(1)[0] for _ in range(3)]

    assert order[0] == urgent.id
    assert order[1:] == queue[:2]
    assert first.id in claimed(20)
    assert second.id not in claimed(20)


def test_what_happens_to_a_line_is_written_down_once(stage: Stage) -> None:
    learn(*[TROUBLE] * 5)
    change_line(held_until=utcnow())
    learn(TROUBLE)
    change_line(held_until=utcnow())
    learn(GOOD)
    learn(GOOD)

    assert [what for what, _, _ in told()] == ["held", "held", "let_go"]
    assert "No answer came. Nothing leaves for 30 seconds" in told()[0][2]
    assert "for 60 seconds" in told()[1][2]


def test_a_short_wait_is_no_event_and_a_long_one_is_one(stage: Stage) -> None:
    learn(*[NotSent("503", "Not now.", 2)] * 3)
    assert "held" not in [what for what, _, _ in told()]

    learn(*[NotSent("503", "Not now.", 90)] * 3)

    assert [what for what, _, _ in told()].count("held") == 1


def test_a_blocked_line_is_said_to_be_paused_once_for_many_answers(
    stage: Stage, queue: list[int]
) -> None:
    with writing():
        calls = outbox.claim("w", 3, LEASE)
        blocked = Blocked("401", "Kaleyra refused our key.")
        outbox.settle([(call, blocked) for call in calls])

    assert told() == [("paused", None, "Kaleyra refused our key.")]
