"""The index follows what is stored, once, and knows what was changed."""

import pytest

from conversations.db import db, reading
from conversations.models import SearchMark
from conversations.searching import index
from conversations.searching.words import words
from tests.searching.conftest import bodies_found, index_all
from tests.support.cast import Customer, writing
from tests.support.stage import Stage


def test_a_text_that_was_emptied_is_found_no_more(
    stage: Stage, corpus: Customer
) -> None:
    index_all(stage.app)
    gone = corpus.messages[0]

    with writing():
        db.session.get_one(type(gone), gone.id).body = ""
        index.changed(gone.id, "")

    assert gone.body not in bodies_found("order")
    assert len(bodies_found("order")) == 3


def test_what_changed_before_it_was_indexed_stays_as_it_is(
    stage: Stage, ada: Customer
) -> None:
    text = ada.messages[0]
    with writing():
        index.take_in(index.following())
    with stage.app.app_context():
        with reading():
            old = index.following()
        db.session.get_one(type(text), text.id).body = "Something else"
        index.changed(text.id, "Something else")
        db.session.commit()

        assert index.take_in(old)
        db.session.commit()

    assert bodies_found("order") == []
    assert bodies_found("something") == ["Something else"]


def test_two_processes_take_a_batch_in_once(stage: Stage, ada: Customer) -> None:
    with stage.app.app_context():
        first = index.following()
        assert (index.take_in(first), index.take_in(first)) == (True, False)
        second = index.following()
        assert (index.take_in(second), index.take_in(second)) == (True, False)
        db.session.commit()

    assert len(bodies_found("order")) == 1


def test_parts_that_come_late_are_found(stage: Stage, ada: Customer) -> None:
    ada.texts("", id="long", **{"parts[1]": "By the weir "})
    stage.read()
    index_all(stage.app)
    ada.texts("", id="long", **{"parts[2]": "stands a heron"})
    stage.read()

    assert bodies_found('"weir stands" heron') == ["By the weir stands a heron"]


def test_words_are_the_same_however_they_are_written() -> None:
    assert words("CAFÉ") == words("cafe\u0301") == ["cafe"]
    assert words("a" * 100) == ["a" * 60]
    assert words("١٢٣ ①") == ["123", "1"]
    assert words("\u0640\u200d ") == []


def test_words_that_are_made_otherwise_now_start_a_new_index(
    stage: Stage, corpus: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_all(stage.app)
    monkeypatch.setattr(index, "VERSION", index.VERSION + 1)

    with stage.app.app_context():
        assert index.mark() is None
    index_all(stage.app)

    assert len(bodies_found("order")) == 4
    with stage.app.app_context():
        assert db.session.query(SearchMark).count() == 1
