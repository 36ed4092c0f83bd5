"""Whose work this thread is doing: which request, and which agent asked."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
agent_id: ContextVar[int | None] = ContextVar("agent_id", default=None)
