"""How the nouns look in JSON."""

from datetime import datetime

from conversations.models import Conversation, Message

Json = dict[str, object]


def message(message: Message, conversation: Conversation) -> Json:
    """A message as the outward contract describes it."""
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "direction": message.direction,
        "body": message.body,
        "status": message.status,
        "customer": conversation.customer.address,
        "line": conversation.line.address,
        "segments": message.segments,
        "encoding": message.encoding,
        "author": message.author,
        "created_at": time(message.created_at),
        "sent_at": time(message.sent_at),
        "delivered_at": time(message.delivered_at),
        "expires_at": time(message.expires_at),
        "provider_id": message.provider_id,
        "failure": failure(message),
        "settled_by": message.settled_by,
        "no_report": message.unreported,
        "ref1": message.ref1,
        "ref2": message.ref2,
        "retry_of": message.retry_of_id,
        "repeat_of": message.repeat_of_id,
    }


def failure(message: Message) -> Json | None:
    if message.failure_text is None:
        return None
    return {"code": message.failure_code, "text": message.failure_text}


def conversation(conversation: Conversation) -> Json:
    return {
        "id": conversation.id,
        "customer": conversation.customer.address,
        "customer_name": conversation.customer.name,
        "line": conversation.line.address,
        "opted_out": conversation.opted_out,
        "created_at": time(conversation.created_at),
        "last_message_at": time(conversation.last_message_at),
        "last_message_id": conversation.last_message_id,
        "preview": conversation.preview,
    }


def time(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the millisecond."""
    if at is None:
        return None
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
