"""The keys that do something, once: for the card of `?`, and for the script itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conversations.words import N_


@dataclass(frozen=True)
class Shortcut:
    """`keys` are as a browser calls them; `shown` as they stand on a keyboard.

    `act` is what the script does: go through the list, or press the element of the
    page that bears this name in `data-act`. Without one, others listen to it.
    """

    shown: Sequence[str]
    words: str
    keys: Sequence[str] = ()
    act: str = ""


SINGLE = (
    Shortcut(("J",), N_("To the next conversation in the list"), ("j",), "next"),
    Shortcut(("K",), N_("To the one before"), ("k",), "before"),
    Shortcut(("Enter",), N_("Open it")),
    Shortcut(("X",), N_("Select it"), ("x",), "select"),
    Shortcut(("R",), N_("Reply"), ("r",), "reply"),
    Shortcut(("N",), N_("Note for colleagues"), ("n",), "note"),
    Shortcut(("A",), N_("Assign"), ("a",), "assign"),
    Shortcut(("T",), N_("Tag"), ("t",), "tag"),
    Shortcut(("D",), N_("No reply needed"), ("d",), "no_reply_needed"),
    Shortcut(("S",), N_("Snooze"), ("s",), "snooze"),
    Shortcut(("E",), N_("Close, and on to who waits longest"), ("e",), "close"),
    Shortcut(("U",), N_("Mark as unread"), ("u",), "unread"),
    Shortcut(("/",), N_("Find a conversation"), ("/",), "find"),
    Shortcut(("?",), N_("This list of keys"), ("?",), "help"),
)
ALWAYS = (
    Shortcut(("Ctrl", "K"), N_("Go anywhere, do anything")),
    Shortcut(("Alt", "↓"), N_("Open the next conversation")),
    Shortcut(("Alt", "↑"), N_("Open the one before")),
    Shortcut(("Alt", "R"), N_("Reply")),
    Shortcut(("Alt", "N"), N_("Note for colleagues")),
    Shortcut(("Alt", "J"), N_("Jump in the conversation")),
    Shortcut(("Ctrl", "Z"), N_("In the empty box: undo the last Send")),
    Shortcut(("Esc",), N_("Close what is open")),
)


def for_script() -> Mapping[str, str]:
    """What each single key does."""
    return {key: each.act for each in SINGLE for key in each.keys}
