"""`flask import-history` brings in past conversations: all of them, or none."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click import ClickException
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from conversations.db import db, reading
from conversations.desk import merging
from conversations.desk.exports.records import FIELDS, Chain
from conversations.keeping import past
from conversations.models import Audit, Conversation, Message, Recount
from conversations.models import Customer as CustomerRow
from conversations.web.exports.documents import as_document
from tests.support.cast import Caller, Customer, everything, the, writing
from tests.support.stage import LINE, SHORT_CODE, Stage

SPOKEN = {"line": LINE, "number": "+12025550177", "name": "Ida"}
ASKED = SPOKEN | {
    "kind": "inbound",
    "time": "2024-03-01T10:00:00+01:00",
    "text": "Are you open?",
    "provider_id": "k-1",
}
ANSWERED = SPOKEN | {
    "kind": "outbound",
    "time": "2024-03-01T10:05:00+01:00",
    "text": "Until ten.",
    "who": "Ana",
    "status": "delivered",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "past.jsonl"


def brought(
    app: Flask, file: Path, *rows: dict[str, object], check: bool = False
) -> Result:
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    words = ["import-history", str(file), *(["--check"] if check else [])]
    return app.test_cli_runner().invoke(args=words)


def messages() -> list[Message]:
    return everything(select(Message).order_by(Message.id))


def test_a_past_conversation_stands_closed_and_waits_for_nobody(
    app: Flask, stage: Stage, file: Path
) -> None:
    result = brought(app, file, ASKED, ANSWERED)

    assert "brought in: 2; there already: 0" in result.output
    asked, answered = messages()
    assert (asked.status, asked.provider_id) == ("received", "k-1")
    assert (answered.author, answered.status) == ("Ana", "delivered")
    conversation = the(select(Conversation))
    assert conversation.last_message_id == answered.id
    assert conversation.customer.name == "Ida"
    assert conversation.closed_at
    assert not conversation.waits
    assert conversation.last_inbound_id is None
    assert the(select(Audit)).act == "imported"


def test_the_same_file_again_changes_nothing(
    app: Flask, stage: Stage, file: Path
) -> None:
    brought(app, file, ASKED, ANSWERED)

    result = brought(app, file, ASKED, ANSWERED)

    assert "brought in: 0; there already: 2" in result.output
    assert len(messages()) == 2


def test_one_row_that_is_wrong_keeps_all_out(
    app: Flask, stage: Stage, file: Path
) -> None:
    result = brought(app, file, ASKED, ANSWERED | {"kind": "shouted"})

    assert result.exit_code == 1
    assert "line 2: kind is not" in result.output
    assert messages() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": "+12025550111"},
        {"number": "•••• 0142"},
        {"time": "2024-03-01 10:00"},
        {"time": "2124-03-01T10:00:00Z"},
        {"status": "queued"},
        {"text": None},
        {"time": "2024-02-01T10:05:00+01:00"},
    ],
)
def test_what_cannot_be_is_said(
    app: Flask, stage: Stage, file: Path, wrong: dict[str, object]
) -> None:
    result = brought(app, file, ASKED, ANSWERED | wrong, check=True)

    assert "rejected: 1" in result.output
    assert result.exit_code == 1


def test_nothing_is_put_into_a_conversation_that_has_begun(
    app: Flask, stage: Stage, file: Path, ada: Customer
) -> None:
    result = brought(app, file, ASKED | {"number": ada.number})

    assert "messages in this conversation already" in result.output
    assert len(messages()) == 1


def test_checking_changes_nothing(app: Flask, stage: Stage, file: Path) -> None:
    result = brought(app, file, ASKED, check=True)

    assert result.exit_code == 0
    assert "fine: 1" in result.output
    assert messages() == []


def test_an_export_in_csv_can_be_brought_in(
    app: Flask, stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "messages.csv"
    row = ASKED | {"number": "12025550177", "text": "'=1+1", "line": LINE[1:]}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerow(row)
        writer.writerow(row | {"kind": "event"})

    app.test_cli_runner().invoke(args=["import-history", str(path)])

    (message,) = messages()
    assert message.body == "=1+1"


def test_a_threads_own_json_file_can_be_brought_in(
    app: Flask, stage: Stage, file: Path
) -> None:
    records = [[row.get(name) for name in FIELDS] for row in (ASKED, ANSWERED)]
    about = {"conversation": 3, "line": LINE, "customer": {"name": "Ida"}}
    file.write_text("".join(as_document(iter(records), Chain(), about)))

    result = app.test_cli_runner().invoke(args=["import-history", str(file)])

    assert "brought in: 2; there already: 0" in result.output
    assert [each.body for each in messages()] == [ASKED["text"], ANSWERED["text"]]


def test_the_next_text_opens_it_again(
    app: Flask, stage: Stage, file: Path, kaleyra_calls: object
) -> None:
    brought(app, file, ASKED, ANSWERED)
    ida = Customer("+12025550177", LINE, kaleyra_calls)

    ida.texts("And today?")
    stage.read()

    assert ida.conversation.waits
    assert "And today?" in [message.body for message in ida.messages]


def test_what_is_said_while_the_file_is_checked_keeps_all_out(
    app: Flask, stage: Stage, file: Path, kaleyra_calls: Caller
) -> None:
    ida, staged = Customer("+12025550177", LINE, kaleyra_calls), StringIO()
    brought(app, file, ASKED, ANSWERED, check=True)
    with app.app_context():
        counts = past.stage(file, staged)
        db.session.remove()
    ida.texts("Hello?")
    stage.read()
    staged.seek(0)

    with app.app_context(), pytest.raises(ClickException, match="meanwhile"):
        past.store(staged, counts)

    assert [each.body for each in messages()] == ["Hello?"]
    assert ida.conversation.waits


@pytest.mark.parametrize(
    ("said", "out"),
    [(("STOP",), True), (("STOP", "Start"), False), (("Start", "STOP", "Hi"), True)],
)
def test_who_opted_out_in_the_past_is_out(
    app: Flask, stage: Stage, file: Path, said: tuple[str, ...], out: bool
) -> None:
    times = (f"2024-03-01T10:0{n}:00+01:00" for n in range(9))
    rows = [ASKED | {"text": t, "time": at} for t, at in zip(said, times, strict=False)]

    brought(app, file, *rows)

    assert the(select(Conversation)).opted_out is out
    effects = {each.body: each.consent for each in messages()}
    assert effects["STOP"] == "opted_out"


def test_nobody_is_let_in_again_by_what_they_wrote_long_ago(
    app: Flask, stage: Stage, file: Path
) -> None:
    brought(app, file, ASKED | {"text": "STOP"})

    brought(app, file, ANSWERED | {"kind": "inbound", "text": "START"})

    assert len(messages()) == 2
    assert the(select(Conversation)).opted_out


def test_a_second_file_cannot_go_before_the_first(
    app: Flask, stage: Stage, file: Path
) -> None:
    brought(app, file, ANSWERED)

    result = brought(app, file, ASKED)

    assert "line 1: It is older than what stands before it" in result.output
    assert len(messages()) == 1


def test_what_is_brought_in_is_counted_once_for_a_quarter(
    app: Flask, stage: Stage, file: Path
) -> None:
    brought(app, file, ASKED, ANSWERED, ANSWERED | {"time": "2024-03-01T11:00:00Z"})

    assert len(everything(select(Recount))) == 2


def test_a_name_is_the_whole_persons(
    app: Flask, stage: Stage, file: Path, ada: Customer
) -> None:
    bob = Customer("+442079460018", LINE, ada.caller)
    bob.texts("Do you deliver?")
    stage.read()
    with writing():
        rows = db.session.scalars(select(CustomerRow).order_by(CustomerRow.id)).all()
        assert merging.merge(*rows) is None
    short = ASKED | {"number": bob.number, "line": SHORT_CODE, "name": "Ida"}

    brought(app, file, short)

    with app.app_context(), reading():
        names = db.session.scalars(select(CustomerRow.name)).all()
    assert list(names) == ["Ida", "Ida"]
