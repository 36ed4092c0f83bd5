"""What can come of handing a text to Kaleyra, in our words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OutgoingText:
    """A text on its way out: everything the call needs and nothing of the database.

    `reference` is at most 50 characters, and so are `ref1` and `ref2`
    (Send Your First SMS, "Optional Parameters").
    """

    message_id: int
    line_id: int
    reference: str
    sender: str
    to: str
    body: str
    unicode: bool
    ref1: str | None = None
    ref2: str | None = None
    template_id: str | None = None


@dataclass(frozen=True)
class Accepted:
    """Kaleyra took it. `provider_id` is `data[].message_id`, `batch_id` the `id`."""

    provider_id: str
    batch_id: str


@dataclass(frozen=True)
class Refused:
    """Kaleyra will not take this text, now or later."""

    code: str
    sentence: str


@dataclass(frozen=True)
class NotSent:
    """It surely never left, or Kaleyra said to come back; trying again is safe."""

    code: str
    sentence: str
    retry_after_seconds: float | None = None

    @property
    def asks_for_less(self) -> bool:
        """Whether Kaleyra said that it is too much (429), or when to come again."""
        return self.code == "429" or self.retry_after_seconds is not None


@dataclass(frozen=True)
class Blocked:
    """Nothing can be sent with these settings; the line pauses until a person looks."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Unconfirmed:
    """The call went out and no clear answer came. Never repeated by itself."""

    code: str
    sentence: str


Answer = Accepted | Refused | NotSent | Blocked | Unconfirmed
