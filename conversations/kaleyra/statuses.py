"""Reading what Kaleyra answers when asked after texts (SMS Status).

Every entry of `data` looks much like a delivery report, so it is read as one; there the
message's id is called `campaign_id`.
"""

from conversations.kaleyra import callbacks, verdict
from conversations.kaleyra.callbacks import Report


def read(body: bytes) -> list[Report]:
    """The reports in an answer of the status address; none when it makes no sense."""
    data = verdict.read(body).get("data")
    entries = data if isinstance(data, list) else [data]
    said = (report(entry) for entry in entries if isinstance(entry, dict))
    return [news for news in said if isinstance(news, Report)]


def report(entry: dict[str, object]) -> Report | callbacks.Unreadable:
    fields = {name.lower(): verdict.text_of(value) for name, value in entry.items()}
    return callbacks.report({name: text for name, text in fields.items() if text})
