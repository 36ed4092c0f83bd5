"""The counter's words, which the browser's script must say as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from conversations.texting.pricing import Price
from conversations.web.showing import counter

EXAMPLES = json.loads(
    Path(__file__).with_name("counter_examples.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("example", EXAMPLES["lines"], ids=lambda e: e["line"][:20])
def test_the_counter_says(example: dict[str, Any]) -> None:
    written = example["text"] * int(example.get("times", 1))

    price = Price(**example["price"]) if "price" in example else None

    assert counter.line(written, price) == example["line"]


def test_the_examples_are_checked_with_the_words_the_page_hands_to_the_script() -> None:
    assert json.loads(counter.for_script()) == EXAMPLES["words"]
