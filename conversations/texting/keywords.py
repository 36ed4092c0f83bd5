"""The words with which a customer opts out, opts back in or asks for help.

A word counts only as the whole message: "STOP" is a wish, "We have got to STOP this
bill" is conversation. The opt-out words are those of 47 CFR 64.1200(a)(10) and of the
industry, with the French form.
"""

import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    """What a customer can tell us in one word."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HELP = "help"


# Written as `letters` leaves them, so "stopall" is also "Stop all!" and "STOP-ALL".
# YES is no opt-in here, though carriers list it: it is the commonest plain answer in a
# conversation, and someone who opted out must not be let back in by it.
MEANINGS = {
    "stop": Keyword.OPT_OUT,
    "stopall": Keyword.OPT_OUT,
    "unsubscribe": Keyword.OPT_OUT,
    "cancel": Keyword.OPT_OUT,
    "end": Keyword.OPT_OUT,
    "quit": Keyword.OPT_OUT,
    "revoke": Keyword.OPT_OUT,
    "optout": Keyword.OPT_OUT,
    "arret": Keyword.OPT_OUT,
    "arrêt": Keyword.OPT_OUT,
    "start": Keyword.OPT_IN,
    "unstop": Keyword.OPT_IN,
    "help": Keyword.HELP,
    "info": Keyword.HELP,
}


def meaning(body: str) -> Keyword | None:
    """What the whole message says as a keyword; None for any other text."""
    return MEANINGS.get(letters(body))


def letters(body: str) -> str:
    """Only the letters and digits, in one case: no spaces, punctuation or emoji."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    return "".join(filter(str.isalnum, folded))
