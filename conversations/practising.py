"""The practice line around the app: the simulated Kaleyra, and agents to sign in as.

It is used when there are no credentials for the real one. See `kaleyra.practice`.
"""

import json
import subprocess
import sys

from sqlalchemy import func, select

from conversations.config import PRACTICE_NUMBER, ROOT, Config
from conversations.db import db, utcnow
from conversations.desk import accounts
from conversations.first_run import kept_secret
from conversations.models import Agent, Callback

PASSWORD_BYTES = 12
AGENTS = (
    ("ana@practice.example", "Ana", "admin"),
    ("ben@practice.example", "Ben", "agent"),
)
TEXTS = (
    ("12025550142", "Hi, is my order 4471 ready for pickup?"),
    ("442079460018", "Hello! Do you deliver to Hackney on Saturdays?"),
    ("390612345678", "Buongiorno, a che ora chiudete oggi? 😊"),
    ("12025550142", "I can come by after six."),
)


def start_kaleyra(config: Config) -> subprocess.Popen[bytes]:
    """Start the simulated Kaleyra beside us; the caller ends it."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "conversations.kaleyra.practice",
            *("--host", config.host),
            *("--port", str(config.practice_port)),
            *("--hooks-url", config.local_url),
            *("--numbers", ",".join(config.numbers)),
            *("--history", str(config.instance / "practice.jsonl")),
        ],
        cwd=ROOT,
    )


def password(config: Config) -> str:
    """The practice agents' password, made by chance at the first run."""
    return kept_secret(config.instance / "practice_password", PASSWORD_BYTES)


def settle_in(config: Config) -> None:
    """Agents, and a few texts to answer, unless somebody is here already."""
    if db.session.scalar(select(func.count()).select_from(Agent)):
        return
    for email, name, role in AGENTS:
        accounts.create_agent(email, name, role, password(config))
    for number, body in TEXTS:
        db.session.add(callback(number, body))


def callback(number: str, body: str) -> Callback:
    """A text as Kaleyra brings it; the journal's reader does the rest."""
    content = {"source": number, "recipient": PRACTICE_NUMBER, "message": body}
    return Callback(
        address="inbound",
        received_at=utcnow(),
        method="POST",
        content_type="application/json",
        query="",
        body=json.dumps(content).encode(),
    )
