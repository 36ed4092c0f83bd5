"""What customers and agents wrote, made safe to print: links that can be followed, and
characters that could deceive made visible."""

import re
from collections.abc import Iterator
from unicodedata import name

from markupsafe import Markup, escape

# Controls but newline and tab; marks that turn the direction of what follows; marks
# that show nothing. The joiners stay, because emoji and several scripts need them.
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
DECEPTIVE = f"{CONTROLS}\u00ad\u061c\u200b\u2028-\u202e\u2060-\u206f\ufeff"
DECEPTIVE_ONE = re.compile(f"[{DECEPTIVE}]")
TRAILING = ".,;:!?'\"»”\u2019)]}>"
PARTS = re.compile(
    rf"(?P<link>https?://[^\s<>\"{DECEPTIVE}]+)|(?P<mark>[{DECEPTIVE}])", re.IGNORECASE
)
NAMES = {
    "\u00ad": "soft hyphen",
    "\ufeff": "byte order mark",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}

LINK = Markup(
    '<a href="{url}" target="_blank" rel="noopener noreferrer nofollow">{url}</a>'
)
MARK = Markup('<span class="oddity" title="{name}">{code}</span>')


def body(text: str) -> Markup:
    """A message's text; everything in it is escaped, only what we add is markup."""
    if PARTS.search(text) is None:
        return escape(text)
    return Markup("").join(pieces(text))


def unlinked(text: str) -> Markup:
    """The same where no link may stand, such as inside of one."""
    parts = re.split(f"([{DECEPTIVE}])", text)
    shown = [
        mark(each) if place % 2 else escape(each) for place, each in enumerate(parts)
    ]
    return Markup("").join(shown)


def pieces(text: str) -> Iterator[Markup]:
    start = 0
    for found in PARTS.finditer(text):
        end = end_of_link(found) if found["link"] else found.end()
        yield escape(text[start : found.start()])
        yield (link if found["link"] else mark)(text[found.start() : end])
        start = end
    yield escape(text[start:])


def end_of_link(found: re.Match[str]) -> int:
    """Where the link ends, without the punctuation of the sentence around it."""
    url = found["link"]
    while url[-1] in TRAILING and not closes(url):
        url = url[:-1]
    return found.start() + len(url)


def closes(url: str) -> bool:
    """Whether the bracket at the end belongs to one inside the link."""
    return url[-1] == ")" and url.count("(") >= url.count(")")


def link(url: str) -> Markup:
    return LINK.format(url=url)


def mark(letter: str) -> Markup:
    return MARK.format(name=letter_name(letter), code=f"U+{ord(letter):04X}")


def letter_name(letter: str) -> str:
    """What people call a character: "right-to-left override", "control character"."""
    return NAMES.get(letter) or name(letter, "control character").lower()
