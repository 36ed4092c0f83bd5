"""Which column of a file is what: guessed from its words, decided by a person."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from conversations.texting import phone

NUMBER, NAME, TAGS = "number", "name", "tags"
WORDS = {
    NUMBER: ("number", "phone", "mobile", "cell", "msisdn", "numero", "telefono",
             "cellulare", "tel"),
    NAME: ("name", "customer", "contact", "nome", "cliente", "contatto"),
    TAGS: ("tag", "tags", "label", "labels", "etichetta", "etichette"),
}  # fmt: skip
NOWHERE = -1


@dataclass(frozen=True)
class Columns:
    """Places of columns from 0 on, `NOWHERE` for what the file has not.

    `header`: the first row names the columns. `region`: whose national numbers these
    are, "" if all begin with their country. `overwrite`: a name in the file replaces
    one that is there. `line_id`: where a tag goes when there is no conversation yet.
    """

    number: int = 0
    name: int = NOWHERE
    tags: int = NOWHERE
    header: bool = True
    region: str = ""
    overwrite: bool = False
    line_id: int = 0

    def cell(self, row: Sequence[str], place: int) -> str:
        return row[place].strip() if 0 <= place < len(row) else ""

    @property
    def json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**json.loads(text))


def guessed(first: Sequence[str], region: str) -> Columns:
    """By the words of the first row; without any, by which cell is a number."""
    numbers = [place for place, cell in enumerate(first) if is_number(cell, region)]
    if numbers:
        name = next((p for p in range(len(first)) if p not in numbers), NOWHERE)
        return Columns(numbers[0], name, header=False, region=region)
    number, name, tags = (place_of(first, what) for what in (NUMBER, NAME, TAGS))
    return Columns(max(number, 0), name, tags, region=region)


def place_of(first: Sequence[str], what: str) -> int:
    for word in WORDS[what]:
        for place, cell in enumerate(first):
            if word in cell.casefold().split():
                return place
    return NOWHERE


def is_number(cell: str, region: str) -> bool:
    try:
        return len(phone.digits(phone.parse(cell, region or None))) >= 7  # noqa: PLR2004
    except phone.InvalidAddress:
        return False
