"""The nouns. Each knows its own rules and nothing of HTTP or of sending."""

from conversations.models.access import Allowance, ApiToken
from conversations.models.agent import Agent, SignIn
from conversations.models.arrival import MessagePart, RecentText
from conversations.models.callback import Callback
from conversations.models.conversation import Conversation
from conversations.models.customer import Customer
from conversations.models.hearing import Hearing, Walk
from conversations.models.line import Line, LineEvent
from conversations.models.marks import Change, Heartbeat, ReadMark
from conversations.models.message import Message
from conversations.models.report import DeliveryReport
from conversations.models.turned_away import TurnedAway

__all__ = [
    "Agent",
    "Allowance",
    "ApiToken",
    "Callback",
    "Change",
    "Conversation",
    "Customer",
    "DeliveryReport",
    "Hearing",
    "Heartbeat",
    "Line",
    "LineEvent",
    "Message",
    "MessagePart",
    "ReadMark",
    "RecentText",
    "SignIn",
    "TurnedAway",
    "Walk",
]
