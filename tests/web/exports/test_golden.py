"""The files of an export are byte for byte the same, on both databases."""

from pathlib import Path

import pytest

from conversations.db import db, reading
from conversations.desk.exports.records import Chain
from conversations.models import Agent, Conversation
from conversations.web import assets
from conversations.web.exports import documents, paper
from conversations.web.exports.threads import Thread
from tests.support.stage import Stage
from tests.web.exports.conftest import MADE_AT

GOLDEN = Path(__file__).parent / "golden"
KINDS = ("csv", "json", "jsonl", "html")


def written(agent: Agent, kind: str) -> str:
    with reading():
        conversation = db.session.get_one(Conversation, 7)
    thread, chain = Thread(conversation, agent, MADE_AT, notes=True), Chain()
    if kind == "html":
        heading = paper.heading(conversation, agent, MADE_AT)
        page = "".join(paper.alone(heading, thread.sheets()))
        return page.replace(assets.text("css/paper.css"), "")
    if kind == "json":
        return "".join(documents.as_document(thread.records(), chain, thread.about))
    make = documents.as_csv if kind == "csv" else documents.as_lines
    return "".join(make(thread.records(), chain))


@pytest.mark.parametrize("kind", KINDS)
def test_a_thread_is_written_just_so(
    stage: Stage, agent: Agent, thread: int, kind: str
) -> None:
    with stage.app.test_request_context():
        found = written(agent, kind)

    assert found.encode() == (GOLDEN / f"thread.{kind}").read_bytes()
