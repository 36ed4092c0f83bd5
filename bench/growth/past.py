"""A year of texts of any length: who wrote to whom, and one thread that never ends."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from bench import people, seeds, vocabulary
from bench.growth.loading import Loader
from bench.load.callbacks import customer
from conversations.models.conversation import PREVIEW_LENGTH
from conversations.texting.letters import folded
from conversations.texting.status import Status

EACH = 20
HOT_SHARE = 20
HOT_MOST = 50_000
HOT = 1
A_DAY = 24 * 60 * 60
A_YEAR = 365 * A_DAY
LINE_ID = 1

MESSAGE = (
    "id", "conversation_id", "direction", "body", "status", "segments", "encoding",
    "created_at", "sent_at", "delivered_at", "author", "provider_id", "reference",
    "attempts",
)  # fmt: skip
CUSTOMER = ("id", "address", "digits", "name", "name_key", "created_at")
CONVERSATION = (
    "id", "line_id", "customer_id", "last_message_id", "last_message_at",
    "last_inbound_id", "last_outbound_id", "last_outbound_status", "preview",
    "last_author", "created_at",
)  # fmt: skip

Row = tuple[object, ...]


class Past:
    """So many messages; conversation `HOT` has a twentieth of them, 50,000 at most.

    The texts are made up, or the lines of the files in the folder BENCH_TEXTS.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.conversations = max(count // EACH, 2)
        self.hot = min(count // HOT_SHARE, HOT_MOST)
        many = self.conversations + 1
        self.last: list[int] = [0] * many
        self.last_at: list[str] = [""] * many
        self.last_in: list[int | None] = [None] * many
        self.last_out: list[int | None] = [None] * many
        self.preview: list[str] = [""] * many

    def load(self, loader: Loader) -> None:
        began = f"{seeds.STARTED_AT.date()} {clocks()[0]}"
        line = (LINE_ID, seeds.LINE, seeds.LINE, 0, 0, 0, began)
        names = ("id", "address", "sender", "calls", "troubles", "hold_seconds")
        loader.load("line", (*names, "created_at"), [line])
        loader.load("message", MESSAGE, self.messages())
        loader.load("customer", CUSTOMER, self.customers(began))
        loader.load("conversation", CONVERSATION, self.rows(began))

    def messages(self) -> Iterator[Row]:
        """In the order of their ids; how the conversations end is remembered."""
        pick, times = Random(5).random, self.times()
        spoken = vocabulary.texts(self.count)
        last, last_at, preview = self.last, self.last_at, self.preview
        last_in, last_out = self.last_in, self.last_out
        hot_until, others = self.hot * HOT_SHARE, self.conversations - 1
        for id in range(1, self.count + 1):
            if id <= hot_until and id % HOT_SHARE == 0:
                where = HOT
            else:
                # Some write much more often than others.
                where = 2 + int(pick() * pick() * others)
            body, when = next(spoken), next(times)
            last[where], last_at[where], preview[where] = id, when, body
            if id & 1:
                last_in[where] = id
                yield heard(id, where, when, body)
            else:
                last_out[where] = id
                yield answer(id, where, when, body)

    def times(self) -> Iterator[str]:
        """One for each message, as SQLite keeps times, which PostgreSQL reads too."""
        first = seeds.STARTED_AT.date()
        days = [f"{first + timedelta(days=day)} " for day in range(366)]
        clock = clocks()
        for id in range(1, self.count + 1):
            second = id * A_YEAR // self.count
            yield days[second // A_DAY] + clock[second % A_DAY]

    def moment(self, share: float) -> str:
        """The time when this share of all was written."""
        return (seeds.STARTED_AT + share * timedelta(seconds=A_YEAR)).isoformat()

    def customers(self, began: str) -> Iterator[Row]:
        for id in range(1, self.conversations + 1):
            address = customer(id)
            name = people.name(id)
            key = name and folded(name)
            yield id, address, address.removeprefix("+"), name, key, began

    def rows(self, began: str) -> Iterator[Row]:
        for id in range(1, self.conversations + 1):
            ours = self.last_out[id]
            yield (
                id,
                LINE_ID,
                id,
                self.last[id] or None,
                self.last_at[id] or None,
                self.last_in[id],
                ours,
                Status.DELIVERED.value if ours else None,
                self.preview[id][:PREVIEW_LENGTH],
                seeds.AUTHOR if ours == self.last[id] and ours else None,
                began,
            )


def heard(id: int, where: int, when: str, body: str) -> Row:
    status = Status.RECEIVED.value
    return (id, where, "inbound", body, status, 1, "gsm7", when, None, None, None,
            f"in-{id:010d}", None, 0)  # fmt: skip


def answer(id: int, where: int, when: str, body: str) -> Row:
    status = Status.DELIVERED.value
    return (id, where, "outbound", body, status, 1, "gsm7", when, when, when,
            seeds.AUTHOR, f"out-{id:010d}", f"{id:032x}", 1)  # fmt: skip


def clocks() -> list[str]:
    """Every second of a day."""
    return [
        f"{hour:02}:{minute:02}:{second:02}.000000"
        for hour in range(24)
        for minute in range(60)
        for second in range(60)
    ]
