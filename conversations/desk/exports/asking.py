"""Asking for an export that takes a while, making it, and forgetting it."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Select, or_, select, update

from conversations import db as database
from conversations.db import db
from conversations.desk import views
from conversations.desk.exports.choice import Choice
from conversations.models import Agent, Export
from conversations.models.export import FAILED, MAKING, READY, WAITING

CSV, LINES = FORMATS = ("csv", "jsonl")
MOST_WAITING = 3
DEAD_AFTER = timedelta(minutes=2)


def ask(by: Agent, choice: Choice, format: str) -> Export | None:
    """Ask for it; None when this agent has enough in the making."""
    if len(db.session.scalars(unfinished(by)).all()) >= MOST_WAITING:
        return None
    export = Export(
        agent_id=by.id,
        format=format,
        query=choice.view.query,
        since=choice.since,
        until=choice.until,
        notes=choice.notes,
    )
    db.session.add(export)
    db.session.flush()
    return export


def unfinished(agent: Agent) -> Select[int]:
    return select(Export.id).where(
        Export.agent_id == agent.id, Export.state.in_((WAITING, MAKING))
    )


def of(agent: Agent) -> Select[Export]:
    """What they asked for, latest first."""
    return (
        select(Export)
        .where(Export.agent_id == agent.id)
        .order_by(Export.id.desc())
        .limit(20)
    )


def one(agent: Agent, export_id: int) -> Export | None:
    """It, if this agent asked for it; nobody else's is anybody's business."""
    return db.session.scalar(of(agent).where(Export.id == export_id))


def choice(export: Export) -> Choice:
    view = views.asked_for(dict(parse_qsl(export.query)))
    return Choice(view, since=export.since, until=export.until, notes=export.notes)


def due() -> int | None:
    """The first that nobody makes; also one whose maker has died."""
    dead = Export.touched_at < database.clock() - DEAD_AFTER
    waits = or_(Export.state == WAITING, (Export.state == MAKING) & dead)
    return db.session.scalar(
        select(Export.id).where(waits).order_by(Export.id).limit(1)
    )


def claim(export_id: int) -> bool:
    """Whether it is ours to make, and nobody else's."""
    now = database.clock()
    dead = Export.touched_at < now - DEAD_AFTER
    free = or_(Export.state == WAITING, (Export.state == MAKING) & dead)
    claimed = change(export_id, free, state=MAKING, touched_at=now, done=0)
    db.session.commit()
    return claimed


def get_on(export_id: int, done: int, total: int) -> None:
    """So many messages are written by now."""
    here = Export.state == MAKING
    change(export_id, here, done=done, total=total, touched_at=database.clock())
    db.session.commit()


def finish(export_id: int, size: int) -> None:
    change(export_id, Export.state == MAKING, state=READY, bytes=size,
           ready_at=database.clock())  # fmt: skip


def fail(export_id: int) -> None:
    change(export_id, Export.state == MAKING, state=FAILED)


def change(export_id: int, condition: Any, **values: object) -> bool:
    here = update(Export).where(Export.id == export_id, condition).values(**values)
    found = db.session.execute(
        here.returning(Export.id).execution_options(synchronize_session=False)
    )
    return found.first() is not None


def old(days: int) -> Sequence[int]:
    """Those asked for more than so many days ago."""
    before = database.clock() - timedelta(days=days)
    return db.session.scalars(select(Export.id).where(Export.asked_at < before)).all()


def file(folder: Path, export_id: int) -> Path:
    return folder / f"{export_id}.zip"
