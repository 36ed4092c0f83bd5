"""What is on a page, found without CSS selectors, which take fifty times as long."""

from bs4 import BeautifulSoup, Tag


def tags(page: BeautifulSoup | Tag, *names: str) -> list[Tag]:
    """All that is in it, in its order, or only what has one of these names."""
    found = page.find_all(True)
    return [tag for tag in found if tag.name in names] if names else found


def kind(tag: Tag) -> str:
    """The `type` of a control, which is written as one likes."""
    return tag.get("type", "").lower()
