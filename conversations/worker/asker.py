"""Asking Kaleyra after texts that fell silent."""

from conversations.config import Config
from conversations.db import db, reading, utcnow
from conversations.kaleyra.client import Client
from conversations.texting import asking, reports

IDLE_SECONDS = 5.0


class Asker:
    """The job of finding out what became of texts that no report came for."""

    name = "asker"

    def __init__(self, config: Config) -> None:
        self.client = Client.of(config)

    def step(self) -> float:
        with reading():
            due = asking.anything_due()
        if not due:
            return IDLE_SECONDS
        questions = asking.take_due()
        db.session.commit()
        said = self.client.ask([question.provider_id for question in questions])
        reports.hear(said, utcnow())
        db.session.commit()
        return 0

    def finish(self) -> None:
        """Nothing is half done between steps."""
