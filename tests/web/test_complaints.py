"""What users of other desks complain of, as what must not happen here.

The page docs/complaints.md names the test of each complaint; those that no other file
holds are here.
"""

import re

import pytest

from conversations.config import ROOT
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.texting.segments import measure, split
from tests.support.cast import Customer, now, we_reply
from tests.support.pages import Browser, Page
from tests.support.stage import Stage, until

PAGE = (ROOT / "docs/complaints.md").read_text()
NAMED = re.findall(r"\[(\S+\.m?[pj]s?y?)\]\(\.\./(tests/\S+)\) `([^`]+)`", PAGE)
ROW = re.compile(r"^\| \[", re.MULTILINE)

ACCENTS = "Perch\u00e9 \u00fc \u00f1 \u0436 \U0001f60a?"


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def test_no_complaint_is_without_a_test() -> None:
    assert len(NAMED) >= len(ROW.findall(PAGE)) > 50


@pytest.mark.parametrize(("file", "path", "test"), NAMED)
def test_no_test_of_a_complaint_is_missing(file: str, path: str, test: str) -> None:
    assert path.endswith(file)
    assert f"def {test}(" in (ROOT / path).read_text()


def test_a_retry_is_never_only_said(
    stage: Stage, ben: Browser, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.undelivered())
    first = we_reply(ada, "It is ready")
    stage.work()
    until(lambda: stage.read() or now(first).status == "undelivered")

    ben.submit(thread(ben, ada), ".retry")
    stage.work()

    assert [each.fields["body"] for each in kaleyra.requests] == ["It is ready"] * 2


def test_what_is_only_accepted_is_not_called_delivered(
    stage: Stage, ben: Browser, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.silent())
    reply = we_reply(ada, "It is ready")

    stage.work()

    assert now(reply).status == "accepted"
    assert "Delivered" not in thread(ben, ada).select_one(".message--out").get_text()


def test_accents_and_emoji_do_not_become_question_marks(
    stage: Stage, ben: Browser, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    ada.texts(ACCENTS)
    stage.read()
    we_reply(ada, ACCENTS)
    stage.work()

    assert kaleyra.requests[-1].fields["body"] == ACCENTS
    shown = [each.get_text() for each in thread(ben, ada).select(".message__body")]
    assert shown[1:] == [ACCENTS, ACCENTS]


def test_brackets_do_not_count_twice_in_unicode() -> None:
    assert measure("[\u0436]").units == 3
    assert measure("[a]").units == 5


def test_a_letter_is_not_cut_between_two_texts() -> None:
    assert not [
        part for part in split("\u0436" * 66 + "\U0001f60a" * 66) if broken(part)
    ]


def broken(part: str) -> bool:
    """Whether it begins or ends in the middle of a letter."""
    return any("\ud800" <= letter <= "\udfff" for letter in part)


def test_how_a_text_is_written_on_the_wire_is_not_what_is_counted() -> None:
    assert measure("a b&c=%+\u00e9").units == len("a b&c=%+\u00e9")


def test_what_is_too_long_on_one_page_is_not_taken_on_another(
    ben: Browser, ada: Customer
) -> None:
    long = "x" * 4_001
    ben.submit(thread(ben, ada), ".composer__form", body=long, expect=422)
    page = ben.get("/conversations/new")
    line = page.select("select[name=line] option")[-1]["value"]
    said = {"number": "+12025550143", "line": line}
    ben.submit(page, body=long, expect=422, **said)
    later = {"button": "Tomorrow, 9:00", "expect": 422}
    ben.submit(thread(ben, ada), ".composer__form", body=long, **later)

    assert len(ada.messages) == 1


@pytest.mark.parametrize("name", ["Ada", "  Ada  ", "Ada King"])
def test_a_name_of_one_word_leaves_no_blank(
    ben: Browser, ada: Customer, name: str
) -> None:
    page = ben.get("/saved-replies")
    said = {"shortcut": "hi", "title": "Hi", "body": "Hi {first_name}!"}
    ben.submit(page, "form[action='/saved-replies']", **said)
    ben.submit(thread(ben, ada), ".naming__form", name=name)

    there = f"/conversations/{ada.conversation.id}/saved-replies?q=hi"
    assert [each["data-text"] for each in ben.fragment(there).select("li")] == [
        "Hi Ada!"
    ]
