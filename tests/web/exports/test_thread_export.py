"""A thread is taken away as a zip that says when something in it was changed."""

import csv
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from conversations.desk.exports.cells import plain
from tests.support.cast import Customer, we_reply
from tests.support.pages import Browser
from tests.support.stage import Stage
from tests.support.teams import change, give, team_of

FORMULA = "=HYPERLINK(1)"


def export(browser: Browser, customer: Customer, **fields: object) -> TestResponse:
    page = browser.get(f"/conversations/{customer.conversation.id}/export")
    return browser.submit(page, button="Download", **fields).response


def files(answer: TestResponse) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(answer.data)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def rows_of(answer: TestResponse) -> list[dict[str, str]]:
    (content,) = [
        content for name, content in files(answer).items() if name.endswith(".csv")
    ]
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_thread_is_downloaded_in_every_kind_of_file(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    ada.texts(FORMULA)
    stage.read()
    we_reply(ada, "Hello")

    answer = export(ben, ada)

    id = ada.conversation.id
    names = {f"conversation-{id}.{kind}" for kind in ("csv", "json", "html")}
    assert set(files(answer)) == names | {"manifest.json"}
    given = answer.headers["Content-Disposition"]
    assert f'"parley-conversation-{id}-' in given
    assert [row["kind"] for row in rows_of(answer)] == ["inbound"] * 2 + ["outbound"]
    assert rows_of(answer)[1]["text"] == "'" + FORMULA
    assert plain(rows_of(answer)[1]["text"]) == FORMULA
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_what_is_chosen_is_in_it(ben: Browser, ada: Customer) -> None:
    here = f"/conversations/{ada.conversation.id}/export"
    page = ben.get(here)
    token = page.select_one("input[name=csrf_token]")["value"]

    answer = ben.client.post(here, data={"csrf_token": token, "format": "json"})
    none = ben.client.post(here, data={"csrf_token": token})

    assert len(files(answer)) == 2
    assert none.status_code == 422
    assert "Choose at least one kind of file." in none.text


def test_notes_come_along_only_when_they_are_asked_for(
    ben: Browser, ada: Customer
) -> None:
    thread = ben.get(f"/conversations/{ada.conversation.id}?mode=note")
    ben.submit(thread, "#noter form", note="Only for us")

    without, with_notes = export(ben, ada), export(ben, ada, notes=True)

    assert not any(b"Only for us" in content for content in files(without).values())
    assert "note" in [row["kind"] for row in rows_of(with_notes)]


def test_who_sees_no_numbers_exports_none(ben: Browser, ada: Customer) -> None:
    change("Ben", masked=True)

    answer = export(ben, ada)

    whole = "2025550142"
    for name, content in files(answer).items():
        assert whole not in content.decode().replace("-", "").replace(" ", ""), name
    assert rows_of(answer)[0]["number"] == "•••• 0142"
    assert json.loads(files(answer)["manifest.json"])["numbers"] == "masked"


def test_what_another_team_has_is_not_exported(
    app: Flask, ana: Browser, ben: Browser, ada: Customer
) -> None:
    page = ben.get(f"/conversations/{ada.conversation.id}/export")
    give(ada, team_of("Billing", "Ana"))

    ben.submit(page, button="Download", expect=404)
    ben.get(f"/conversations/{ada.conversation.id}/paper", expect=404)


@pytest.fixture
def kept(tmp_path: Path, ben: Browser, ada: Customer) -> Path:
    """An export of Ada's thread on disk."""
    ada.texts("And a second text")
    path = tmp_path / "export.zip"
    path.write_bytes(export(ben, ada).data)
    return path


def verify(app: Flask, path: Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["verify-export", str(path)])
    return result.exit_code, result.output


def rewritten(path: Path, name: str, old: bytes, new: bytes) -> None:
    """The zip as it was, but for some letters of one file in it."""
    with zipfile.ZipFile(path) as zipped:
        contents = {each: zipped.read(each) for each in zipped.namelist()}
    (chosen,) = [each for each in contents if each.endswith(name)]
    assert old in contents[chosen]
    contents[chosen] = contents[chosen].replace(old, new)
    with zipfile.ZipFile(path, "w") as zipped:
        for each, content in contents.items():
            zipped.writestr(each, content)


def test_an_export_as_it_was_made_is_ok(app: Flask, kept: Path) -> None:
    assert verify(app, kept) == (0, "OK: it is as it was made.\n")


@pytest.mark.parametrize("kind", [".csv", ".json", ".html"])
def test_a_changed_word_is_found(
    app: Flask, kept: Path, ada: Customer, kind: str
) -> None:
    rewritten(kept, f"{ada.conversation.id}{kind}", b"order ready", b"money ready")

    code, said = verify(app, kept)

    assert code == 1
    assert f"{kind}: its SHA-256 is not the one in the manifest" in said
    assert ("row 1, message" in said) == (kind != ".html")


def test_who_changes_the_manifest_too_cannot_seal_it(app: Flask, kept: Path) -> None:
    rewritten(kept, "manifest.json", b"Ben Okafor", b"Ana Ruiz")

    assert verify(app, kept)[1].startswith("manifest.json: was not sealed by this")


def test_a_second_file_of_the_same_name_is_found(app: Flask, kept: Path) -> None:
    with zipfile.ZipFile(kept) as zipped:
        genuine = {name: zipped.read(name) for name in zipped.namelist()}
    name = next(name for name in genuine if name.endswith(".csv"))
    with zipfile.ZipFile(kept, "w") as zipped:
        zipped.writestr("x" * len(name), b"Another text")
        for each, content in genuine.items():
            zipped.writestr(each, content)
    kept.write_bytes(kept.read_bytes().replace(b"x" * len(name), name.encode()))

    assert verify(app, kept)[0] == 1


def test_any_byte_that_was_damaged_is_said_in_words(app: Flask, kept: Path) -> None:
    whole = kept.read_bytes()
    for place in range(0, len(whole), 97):
        kept.write_bytes(
            whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        )
        assert verify(app, kept)[0] in (0, 1)


def test_what_is_no_export_is_said_to_be_none(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK nothing of the kind")

    assert verify(app, path)[0] == 1


def test_a_thread_longer_than_one_read_is_whole(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    for n in range(250):
        ada.texts(f"Text {n}")
    stage.read()

    answer = export(ben, ada)

    assert len(rows_of(answer)) == 251
    (html,) = [c for name, c in files(answer).items() if name.endswith("html")]
    assert html.count(b'id="message-') == 251


def test_paper_shows_every_message_and_no_script(ben: Browser, ada: Customer) -> None:
    ada.texts("<script>alert(1)</script>")

    page = ben.get(f"/conversations/{ada.conversation.id}/paper")

    assert len(page.select(".paper__message")) == len(ada.messages)
    assert not page.select("script")
