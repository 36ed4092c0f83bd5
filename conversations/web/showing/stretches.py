"""A stretch of a thread: messages in a row, and whether it goes on at either end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.models import Message

Neighbours = Sequence[tuple[Message, Message | None]]


@dataclass(frozen=True)
class Stretch:
    """`messages` are oldest first, each with the one before it.

    `older` and `newer` are the ids from which the thread goes on, None where it ends.
    """

    messages: Neighbours
    older: int | None = None
    newer: int | None = None


def ending(newest_first: Sequence[Message], size: int) -> Stretch:
    """The page that ends with the newest of these."""
    return cut(newest_first[::-1], skip=len(newest_first) > size, size=size)


def before(newest_first: Sequence[Message], size: int) -> Stretch:
    """The same, when the thread goes on after the newest of these."""
    newer = newest_first[0].id if newest_first else None
    return replace(ending(newest_first, size), newer=newer)


def after(oldest_first: Sequence[Message], message_id: int, size: int) -> Stretch:
    """The page after `message_id`, which comes first here if it is in this thread."""
    known = bool(oldest_first) and oldest_first[0].id == message_id
    return cut(oldest_first, skip=known, size=size)


def around(oldest_first: Sequence[Message], message_id: int, size: int) -> Stretch:
    """At most `size` messages on either side of `message_id`."""
    older = sum(message.id < message_id for message in oldest_first)
    return cut(oldest_first, skip=older >= size, size=older + size)


def cut(oldest_first: Sequence[Message], *, skip: bool, size: int) -> Stretch:
    """At most `size` of these; with `skip`, the first is only a neighbour."""
    neighbours = [None, *oldest_first[:-1]]
    pairs = list(zip(oldest_first, neighbours, strict=True))[skip:]
    shown = pairs[:size]
    return Stretch(
        messages=shown,
        older=shown[0][0].id if skip and shown else None,
        newer=shown[-1][0].id if len(shown) < len(pairs) else None,
    )


def new_since(stretch: Stretch, read_up_to: int) -> int | None:
    """The first text from the customer that the agent has not seen, if it is in here.

    It surely is the first only when something seen stands before it, or nothing at all.
    """
    if not read_up_to:
        return None
    for message, _ in stretch.messages:
        if message.inbound and message.id > read_up_to:
            return message.id if reached(stretch, read_up_to) else None
    return None


def reached(stretch: Stretch, read_up_to: int) -> bool:
    """Whether the stretch begins no later than what the agent has seen."""
    _, before = stretch.messages[0]
    return before is None or before.id <= read_up_to
