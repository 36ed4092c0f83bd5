"""Asking for an export that takes a while, making it, and forgetting it."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, Select, or_, select, update

from conversations import db as database
from conversations.db import db
from conversations.desk import views, visibility
from conversations.desk.exports.choice import Choice
from conversations.models import Agent, Export
from conversations.models.export import FAILED, MAKING, READY, WAITING

CSV, LINES, JSON, HTML = FORMATS = ("csv", "jsonl", "json", "html")
MOST_WAITING = 3
MOST_ATTEMPTS = 3
DEAD_AFTER = timedelta(minutes=2)


def ask(by: Agent, choice: Choice, format: str) -> Export | None:
    """Ask for it; None when this agent has enough in the making."""
    if len(db.session.scalars(unfinished(by)).all()) >= MOST_WAITING:
        return None
    export = Export(
        agent_id=by.id,
        format=format,
        query="" if choice.search else choice.view.query,
        search=choice.search,
        whole=choice.whole,
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
    return Choice(
        view,
        since=export.since,
        until=export.until,
        notes=export.notes,
        search=export.search,
        whole=export.whole,
    )


def due() -> int | None:
    """The first that nobody makes; also one whose maker has died."""
    return db.session.scalar(
        select(Export.id).where(free()).order_by(Export.id).limit(1)
    )


def free() -> ColumnElement[bool]:
    dead = Export.touched_at < database.clock() - DEAD_AFTER
    again = (Export.state == MAKING) & dead & (Export.attempts < MOST_ATTEMPTS)
    return or_(Export.state == WAITING, again)


def claim(export_id: int) -> str | None:
    """The name of its maker from now on; None when it is somebody else's to make."""
    maker = token_hex(8)
    claimed = change(
        export_id,
        free(),
        state=MAKING,
        maker=maker,
        attempts=Export.attempts + 1,
        touched_at=database.clock(),
        done=0,
    )
    db.session.commit()
    return maker if claimed else None


def get_on(export_id: int, maker: str, done: int, total: int) -> bool:
    """So many messages are written by now. False: it was given to another maker."""
    mine = change(
        export_id, made_by(maker), done=done, total=total, touched_at=database.clock()
    )
    db.session.commit()
    return mine


def finish(export_id: int, maker: str, size: int) -> bool:
    return change(
        export_id, made_by(maker), state=READY, bytes=size, ready_at=database.clock()
    )


def fail(export_id: int, maker: str) -> None:
    change(export_id, made_by(maker), state=FAILED)


def give_up_on_dead() -> None:
    """What was begun again and again and never done, will not be."""
    dead = Export.touched_at < database.clock() - DEAD_AFTER
    over = (Export.state == MAKING) & dead & (Export.attempts >= MOST_ATTEMPTS)
    db.session.execute(
        update(Export).where(over).values(state=FAILED),
        execution_options={"synchronize_session": False},
    )


def made_by(maker: str) -> ColumnElement[bool]:
    return (Export.state == MAKING) & (Export.maker == maker)


def rights(agent: Agent) -> str:
    """What an agent may see now, to tell whether it is the same as then."""
    teams = sorted(db.session.scalars(visibility.teams_of(agent)))
    return f"{agent.admin} {agent.sees_numbers} {teams}"


def change(export_id: int, condition: ColumnElement[bool], **values: object) -> bool:
    return database.change(Export, Export.id == export_id, condition, **values)


def old(days: int) -> Sequence[int]:
    """Those asked for more than so many days ago."""
    before = database.clock() - timedelta(days=days)
    return db.session.scalars(select(Export.id).where(Export.asked_at < before)).all()


def known() -> Sequence[int]:
    return db.session.scalars(select(Export.id)).all()


def file(folder: Path, export_id: int) -> Path:
    return folder / f"{export_id}.zip"
