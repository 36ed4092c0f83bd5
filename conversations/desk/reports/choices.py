"""What a report was asked about, as conditions on whatever it counts."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, SQLColumnExpression

from conversations.desk import filters
from conversations.desk.reports.asked import Asked

Column = SQLColumnExpression[int] | SQLColumnExpression[int | None]


def chosen(
    asked: Asked, line: Column, team: Column, agent: Column
) -> Iterator[ColumnElement[bool]]:
    """That these columns hold what was chosen."""
    pairs = (line, asked.line), (team, asked.team), (agent, asked.agent)
    yield from (column == id for column, id in pairs if id)


def tagged(asked: Asked, conversation: Column) -> Iterator[ColumnElement[bool]]:
    """That this column names a conversation with the tag that was chosen."""
    if asked.tag:
        yield conversation.in_(filters.tagged(asked.tag))
