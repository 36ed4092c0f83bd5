"""The nouns. Each knows its own rules and nothing of HTTP or of sending."""

from conversations.models.access import Allowance, ApiToken
from conversations.models.agent import Agent, SignIn
from conversations.models.arrival import MessagePart, RecentText
from conversations.models.audit import Audit
from conversations.models.callback import Callback
from conversations.models.conversation import Conversation
from conversations.models.customer import (
    Customer,
    CustomerField,
    CustomerMerge,
    CustomerValue,
)
from conversations.models.customer_import import CustomerImport
from conversations.models.erased import Stopped
from conversations.models.export import Export
from conversations.models.hearing import Hearing, Walk
from conversations.models.line import Line, LineEvent
from conversations.models.marks import Change, Heartbeat, ReadMark, SearchMark
from conversations.models.message import Message
from conversations.models.report import DeliveryReport
from conversations.models.review import Review, ReviewItem
from conversations.models.tally import Recount, Tally
from conversations.models.team import Invitation, Team, TeamMember
from conversations.models.turned_away import TurnedAway
from conversations.models.wait import Wait
from conversations.models.work import (
    ConversationTag,
    Episode,
    SavedView,
    Setting,
    Tag,
)
from conversations.models.writing import (
    Mention,
    Presence,
    SavedReply,
    ScheduledText,
    UnsentText,
)

__all__ = [
    "Agent",
    "Allowance",
    "ApiToken",
    "Audit",
    "Callback",
    "Change",
    "Conversation",
    "ConversationTag",
    "Customer",
    "CustomerField",
    "CustomerImport",
    "CustomerMerge",
    "CustomerValue",
    "DeliveryReport",
    "Episode",
    "Export",
    "Hearing",
    "Heartbeat",
    "Invitation",
    "Line",
    "LineEvent",
    "Mention",
    "Message",
    "MessagePart",
    "Presence",
    "ReadMark",
    "RecentText",
    "Recount",
    "Review",
    "ReviewItem",
    "SavedReply",
    "SavedView",
    "ScheduledText",
    "SearchMark",
    "Setting",
    "SignIn",
    "Stopped",
    "Tag",
    "Tally",
    "Team",
    "TeamMember",
    "TurnedAway",
    "UnsentText",
    "Wait",
    "Walk",
]
