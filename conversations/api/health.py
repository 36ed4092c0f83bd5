"""Is the process running, and can it work? For whatever watches over us."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from conversations import db as database
from conversations import schema
from conversations.db import db
from conversations.live.hub import Hub
from conversations.worker.sweeper import somebody_works

bp = Blueprint("health", __name__)

LEAST_FREE_BYTES = 100 * 1024 * 1024


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    reasons = list(troubles())
    if reasons:
        return jsonify(status="not ready", reasons=reasons), 503
    return jsonify(status="ready")


def troubles() -> Iterator[str]:
    """Every reason why this process cannot do its work now."""
    try:
        if not writable():
            yield "The database cannot be written: the disk is nearly full."
        if not schema.current():
            yield "The database needs migrating: run `flask db upgrade`."
        elif not somebody_works():
            yield "No background work has been heard of for a minute."
    except SQLAlchemyError:
        db.session.rollback()
        yield "The database does not answer or cannot be written."
    if not cast("Hub", current_app.extensions["hub"]).is_alive():
        yield "Live updates are not running in this process."


def writable() -> bool:
    """Whether a write would succeed now; raises SQLAlchemyError when it would not."""
    if database.on_sqlite():
        db.session.connection()
        path = Path(db.engine.url.database or ".").resolve().parent
        free = shutil.disk_usage(path).free
        db.session.rollback()
        return free > LEAST_FREE_BYTES
    db.session.execute(text("SELECT txid_current()"))
    db.session.rollback()
    return True
