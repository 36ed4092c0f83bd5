"""How fast very many messages are taken away, and in how much memory."""

import json
import subprocess
import sys
from collections.abc import Iterator

from bench import seeds
from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run
from bench.report import Table
from bench.rounds import wait_for_quiet
from bench.serving import Parley
from conversations.config import ROOT

EACH = 30
GOAL = Goal(rate=20_000)

# In a process of its own, so that its memory is what the export takes.
MAKE = """
import json, resource, sys, time
from datetime import datetime
from app import create_app
from conversations.config import Config
from conversations.db import db, utcnow
from conversations.models import Export
from conversations.web.exports.many import pieces
from sqlalchemy import select

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

app = create_app(Config.from_env())
with app.app_context():
    export = Export(agent_id=1, format=sys.argv[1], query="state=any", state="making")
    export.maker = "bench"
    export.since = datetime.fromisoformat(sys.argv[2]) if sys.argv[2] else None
    db.session.add(export)
    db.session.commit()
    id, before, began = export.id, peak(), time.perf_counter()
    size = sum(map(len, pieces(id, "bench", "secret")))
    seconds = time.perf_counter() - began
    rows = db.session.scalar(select(Export.done).where(Export.id == id))
print(json.dumps([rows, seconds, before, peak(), size]))
"""


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    url = databases.migrated()
    parley = Parley(url)
    make_agent(parley)
    with seeds.writing(url) as connection:
        ids = seeds.conversations(connection, effort.conversations)
        seeds.threads(connection, ids, EACH)
    figures = [figure(parley, kind) for kind in ("csv", "jsonl")]
    many = effort.conversations * EACH
    yield Table(f"An export of {many:,} messages, {databases.name}", figures)


def make_agent(parley: Parley) -> None:
    command = ("agent", "create", "a@example.com", "--name", "Ana", "--role", "admin")
    subprocess.run(
        [sys.executable, "-m", "flask", *command, "--password-stdin"],
        cwd=ROOT, env=parley.env, input=b"three herons by the weir\n", check=True,
        capture_output=True,
    )  # fmt: skip


def figure(parley: Parley, kind: str, since: str = "") -> Figure:
    """Of all messages, or of those from the time `since` on."""
    wait_for_quiet()
    done = subprocess.run(
        [sys.executable, "-c", MAKE, kind, since], cwd=ROOT, env=parley.env, check=True,
        capture_output=True,
    )  # fmt: skip
    rows, seconds, before, peak, size = json.loads(done.stdout)
    remark = (
        f"{rows:,} rows, a zip of {size / 1e6:.0f} MB; the process had {before:.0f} MB "
        f"before and {peak:.0f} MB at its peak"
    )
    run = Run(rate=rows / seconds, cpu=seconds / rows * 1e6)
    return Figure(what=f"messages written as {kind}", run=run, goal=GOAL, remark=remark)
