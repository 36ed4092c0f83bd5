"""The keys that do something."""

from conversations.web.showing import shortcuts


def test_no_key_does_two_things() -> None:
    keys = [key for each in shortcuts.SINGLE for key in each.keys]

    assert len(keys) == len(set(keys)) == len(shortcuts.for_script())


def test_a_single_key_is_shown_as_it_is_pressed() -> None:
    for each in shortcuts.SINGLE:
        assert [shown.lower() for shown in each.shown] == list(
            each.keys
        ) or not each.act


def test_the_card_has_the_keys_that_work_while_one_types() -> None:
    shown = [" ".join(each.shown) for each in shortcuts.ALWAYS]

    assert {"Alt J", "Ctrl Z", "Ctrl K"} <= set(shown)
