"""How far an agent has read; it only moves forward."""

from conversations.db import db, upsert
from conversations.models import Agent, Conversation, ReadMark


def read_up_to(agent: Agent, conversation: Conversation, message_id: int) -> None:
    """This agent has seen everything in `conversation` up to `message_id`."""
    mark = upsert(ReadMark).values(
        agent_id=agent.id, conversation_id=conversation.id, message_id=message_id
    )
    db.session.execute(
        mark.on_conflict_do_update(
            index_elements=["agent_id", "conversation_id"],
            set_={"message_id": mark.excluded.message_id},
            where=ReadMark.message_id < mark.excluded.message_id,
        )
    )
