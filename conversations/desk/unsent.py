"""What agents have typed and not sent: kept for each, in each thread, in each mode."""

from collections.abc import Mapping

from sqlalchemy import Select, delete, select

from conversations.db import db, upsert, utcnow
from conversations.models import Agent, Conversation, UnsentText

REPLY, NOTE = ("reply", "note")


def keep(agent: Agent, conversation: Conversation, mode: str, body: str) -> None:
    """Keep `body` in place of what was kept there; nothing but blanks is nothing."""
    if not body.strip():
        forget(agent, conversation, mode)
        return
    text = upsert(UnsentText).values(
        agent_id=agent.id,
        conversation_id=conversation.id,
        mode=mode,
        body=body,
        updated_at=utcnow(),
    )
    db.session.execute(
        text.on_conflict_do_update(
            index_elements=["agent_id", "conversation_id", "mode"],
            set_={"body": text.excluded.body, "updated_at": text.excluded.updated_at},
        )
    )


def forget(agent: Agent, conversation: Conversation, mode: str) -> None:
    db.session.execute(
        delete(UnsentText).where(
            UnsentText.agent_id == agent.id,
            UnsentText.conversation_id == conversation.id,
            UnsentText.mode == mode,
        )
    )


def put_back(agent: Agent, conversation: Conversation, body: str) -> None:
    """Give `body` back to the box of replies, before what was begun there since."""
    since = kept(agent, conversation).get(REPLY)
    keep(agent, conversation, REPLY, f"{body}\n{since}" if since else body)


def kept(agent: Agent, conversation: Conversation) -> Mapping[str, str]:
    """What this agent has begun to write in this thread, by mode."""
    pairs = db.session.execute(
        select(UnsentText.mode, UnsentText.body).where(
            UnsentText.agent_id == agent.id,
            UnsentText.conversation_id == conversation.id,
        )
    )
    return {row.mode: row.body for row in pairs}


def threads(agent: Agent) -> Select[int]:
    """The conversations in which this agent has begun to write something."""
    return select(UnsentText.conversation_id).where(UnsentText.agent_id == agent.id)
