"""No cell is a formula, and what stood in it can be had back."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.desk.exports.cells import guarded, plain

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"
# What cells are parted by, and what may stand before a sign and hide it.
TRICKS = SIGNS + ";,'\"“\u2018\uff02\uff07 \u00a0\u200b([cmd|1"
texts = st.text(
    st.one_of(st.sampled_from(TRICKS), st.characters(exclude_categories=["Cs"]))
)


@given(st.lists(texts, min_size=1, max_size=4))
def test_no_cell_begins_as_a_formula_and_every_text_comes_back(row: list[str]) -> None:
    written = StringIO(newline="")
    csv.writer(written).writerow(["1", *map(guarded, row)])

    (found,) = csv.reader(StringIO(written.getvalue(), newline=""))

    assert not [cell for cell in found if dangerous(cell)]
    assert [plain(cell) for cell in found[1:]] == row


@given(texts)
def test_nor_does_one_where_a_spreadsheet_parts_cells_at_semicolons(text: str) -> None:
    for part in guarded(text).replace("\t", ";").replace("\r", ";").split(";"):
        assert not dangerous(part.lstrip("\n"))


def dangerous(cell: str) -> bool:
    """Whether a spreadsheet may take it for a formula, whatever quotes come first."""
    bare = cell.lstrip(' \u00a0\u200b"“\u2018\uff02([')
    return cell[:1] in set("\t\r\n") or bare[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ('"=1+1"', '\'"=1+1"'),
        ("\t=1", "'\t'=1"),
        ("ok;@SUM(A1)", "ok;'@SUM(A1)"),
        ("'tis", "''tis"),
        ("Yes - at 5+1", "Yes - at 5+1"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_before_what_could_be_a_formula(
    text: str, cell: str
) -> None:
    assert guarded(text) == cell
    assert plain(cell) == text
