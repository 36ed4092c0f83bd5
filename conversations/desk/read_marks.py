"""How far an agent has read; it moves forward, and back only when they say so."""

from conversations.db import db, upsert
from conversations.live import changes
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


def unread(agent: Agent, conversation: Conversation) -> None:
    """For this agent, the customer's latest text is as if it had just come."""
    latest = conversation.last_inbound_id
    if latest is None:
        return
    mark = upsert(ReadMark).values(
        agent_id=agent.id, conversation_id=conversation.id, message_id=latest - 1
    )
    db.session.execute(
        mark.on_conflict_do_update(
            index_elements=["agent_id", "conversation_id"],
            set_={"message_id": mark.excluded.message_id},
        )
    )
    changes.note(conversation.id)
