"""The page of promises is true to the tests and to the faults it speaks of."""

import re

import pytest

from conversations.config import ROOT
from faults.fault import Fault
from faults.matrix import MATRIX

PAGE = (ROOT / "docs/reliability.md").read_text()
PROMISES = PAGE.partition("## What it promises")[2].partition("\n## ")[0]
FAULTS = PAGE.partition("## Which faults there are")[2].partition("\n## ")[0]
RESULTS = PAGE.partition("## What it came to")[2].partition("\n## ")[0]
PROMISE = re.compile(r"^\*\*.*?(?=^\*\*|\Z)", re.MULTILINE | re.DOTALL)
TESTS = "\n".join(path.read_text() for path in ROOT.glob("tests/**/test_*.py"))


@pytest.mark.parametrize("name", re.findall(r"`(test_\w+)`", PAGE))
def test_every_test_that_is_named_exists(name: str) -> None:
    assert f"def {name}(" in TESTS


@pytest.mark.parametrize(
    "promise", PROMISE.findall(PROMISES), ids=lambda promise: promise.split("**")[1]
)
def test_every_promise_names_the_tests_that_hold_it(promise: str) -> None:
    assert re.search(r"\]\(\.\./tests/\S+\.py\)", promise), promise


@pytest.mark.parametrize("fault", MATRIX.values(), ids=lambda fault: fault.name)
def test_every_fault_is_said_to_be_done(fault: Fault) -> None:
    assert f"`{fault.name}`" in FAULTS


def test_every_fault_that_is_named_is_done() -> None:
    named = re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", FAULTS)

    assert set(named) == set(MATRIX)


def test_every_finding_is_of_a_fault_that_is_still_done() -> None:
    found = re.findall(r"^\| (.+?) \| (?:SQLite|PostgreSQL) \|", RESULTS, re.MULTILINE)

    assert found
    assert set(found) <= {fault.sentence for fault in MATRIX.values()}
