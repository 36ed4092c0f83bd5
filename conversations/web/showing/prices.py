"""What texts cost, as a page hands it to the script that counts."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from conversations.models import Line
from conversations.texting import pricing


def for_script(lines: Iterable[Line]) -> str:
    """Of each line, by its id: the prices of a segment by how numbers begin."""
    known = {line.id: pricing.known(line.prices) for line in lines}
    return json.dumps(
        {
            line_id: {begins: asdict(price) for begins, price in prices.items()}
            for line_id, prices in known.items()
        }
    )
