"""Long texts whose parts come in callbacks of their own."""

from sqlalchemy import select

from conversations.models import Callback
from tests.support.cast import Customer, everything
from tests.support.stage import Stage


def part(customer: Customer, position: int, words: str, id: str = "long") -> None:
    customer.texts("", id=id, **{f"parts[{position}]": words})


def outcomes() -> list[str]:
    return everything(select(Callback.outcome).order_by(Callback.id))[1:]


def test_parts_are_joined_in_order_whenever_they_come(
    stage: Stage, ada: Customer
) -> None:
    part(ada, 2, "the station, ")
    stage.read()
    part(ada, 3, "by the clock")
    part(ada, 1, "I am at ")
    stage.read()

    (_, long) = ada.messages
    assert long.body == "I am at the station, by the clock"
    assert ada.conversation.preview == "I am at the station, by the clock"
    assert outcomes() == ["read", "read", "read"]


def test_a_text_with_a_gap_says_so_until_the_gap_is_filled(
    stage: Stage, ada: Customer
) -> None:
    said = []
    for position, words in ((2, "the station, "), (1, "I am at "), (4, "OK?"), (3, "")):
        part(ada, position, words or "by the clock. ")
        stage.read()
        said.append(ada.messages[-1].incomplete)

    assert said == [True, False, True, False]


def test_parts_may_be_counted_from_nought(stage: Stage, ada: Customer) -> None:
    part(ada, 0, "I am at ")
    part(ada, 1, "the station")
    stage.read()

    assert not ada.messages[-1].incomplete


def test_the_segments_are_those_of_the_whole_text(stage: Stage, ada: Customer) -> None:
    part(ada, 1, "a" * 153)
    part(ada, 2, "b" * 153)
    stage.read()

    assert ada.messages[-1].segments == 2


def test_a_part_that_comes_twice_is_joined_once(stage: Stage, ada: Customer) -> None:
    for position, words in ((1, "one "), (2, "two"), (1, "one ")):
        part(ada, position, words)
        stage.read()

    assert ada.messages[-1].body == "one two"
    assert outcomes() == ["read", "read", "duplicate"]


def test_another_text_for_the_same_place_is_shown_to_admins(
    stage: Stage, ada: Customer
) -> None:
    part(ada, 1, "one")
    part(ada, 1, "uno")
    stage.read()

    assert ada.messages[-1].body == "one"
    assert outcomes() == ["read", "odd"]


def test_parts_leave_a_text_that_came_whole_alone(stage: Stage, ada: Customer) -> None:
    ada.texts("I am at the station", id="long")
    part(ada, 1, "I am at ")
    stage.read()

    assert ada.messages[-1].body == "I am at the station"


def test_parts_of_two_texts_are_kept_apart(stage: Stage, ada: Customer) -> None:
    for id in ("one", "two"):
        part(ada, 1, f"{id}: ", id=id)
        part(ada, 2, "yes", id=id)
    stage.read()

    assert [m.body for m in ada.messages][1:] == ["one: yes", "two: yes"]


def test_two_long_texts_that_begin_alike_are_both_shown(
    stage: Stage, ada: Customer
) -> None:
    part(ada, 1, "My address is ", id="first")
    part(ada, 1, "My address is ", id="second")
    part(ada, 2, "12 Mill Lane", id="first")
    part(ada, 2, "no longer Mill Lane", id="second")
    stage.read()

    assert [m.repeat_of_id for m in ada.messages] == [None] * 3
    assert ada.conversation.preview == "My address is no longer Mill Lane"
