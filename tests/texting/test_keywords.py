"""Keywords: a word counts when it is the whole message, however it is dressed."""

import pytest

from conversations.texting.keywords import Keyword, meaning


@pytest.mark.parametrize(
    "body",
    [
        "STOP",
        "stop",
        " Stop.\n",
        "STOP!!!",
        '"Stop"',
        "stop 🛑",
        "🙏 STOP 🙏🏽",
        "S.T.O.P.",
        "ＳＴＯＰ",  # noqa: RUF001
        "STOP\N{VARIATION SELECTOR-16}",
        "STOP\N{ZERO WIDTH SPACE}",
        "StopAll",
        "stop  all",
        "STOP-ALL",
        "unsubscribe",
        "Cancel",
        "END",
        "quit",
        "revoke",
        "opt out",
        "Opt-Out",
        "OPTOUT",
        "opt\N{EN DASH}out",
        "ARRET",
        "Arrêt",
        "arre\N{COMBINING CIRCUMFLEX ACCENT}t",
    ],
)
def test_a_whole_message_opts_out(body):
    assert meaning(body) is Keyword.OPT_OUT


@pytest.mark.parametrize("body", ["START", "start.", "Unstop", "UNSTOP!"])
def test_a_whole_message_opts_back_in(body):
    assert meaning(body) is Keyword.OPT_IN


@pytest.mark.parametrize("body", ["HELP", "help?", "Info", "help 🙏"])
def test_a_whole_message_asks_for_help(body):
    assert meaning(body) is Keyword.HELP


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "🛑",
        "STOP 12345",
        "STOP1",
        "We have got to STOP this bill",
        "Stop. Thank you",
        "Stop please",
        "don't stop",
        "The end",
        "Quit it",
        "cancel my 5pm",
        "stopped",
        "Yes",
        "Can you help",
        "information",
        "starting",
    ],
)
def test_a_word_among_others_is_conversation(body):
    assert meaning(body) is None
