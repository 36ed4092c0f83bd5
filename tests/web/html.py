"""Comparing pieces of pages."""

import re

from bs4 import Tag


def squeezed(tag: Tag) -> str:
    """Its HTML without the white space that parsers keep or drop as they like."""
    return re.sub(r"\s+", " ", str(tag)).replace("> <", "><")
