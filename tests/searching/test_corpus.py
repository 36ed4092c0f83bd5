"""Both databases find the same, and what is not indexed yet is found too."""

from tests.searching.conftest import bodies_found, index_all
from tests.searching.corpus import BODIES, FOUND
from tests.support.cast import Customer
from tests.support.stage import Stage


def test_the_index_finds_just_what_stands_in_the_texts(
    stage: Stage, corpus: Customer
) -> None:
    index_all(stage.app)

    for words, places in FOUND.items():
        assert bodies_found(words) == [BODIES[place] for place in places], words


def test_what_no_index_knows_yet_is_found_too(corpus: Customer) -> None:
    for words, places in FOUND.items():
        assert bodies_found(words) == [BODIES[place] for place in places], words
