"""The keeper stores what it can, and lives on whatever it is handed."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.hooks.keeper import Arrived, Handover, Keeper, keep_all
from conversations.models import Callback
from tests.support.cast import everything
from tests.support.stage import Stage


def arrived(body: object) -> Arrived:
    return Arrived("inbound", utcnow(), "POST", "text/plain", "", body)  # type: ignore[arg-type]


def test_one_callback_that_cannot_be_stored_does_not_stop_the_others(
    stage: Stage,
) -> None:
    batch = [Handover(arrived(body)) for body in (b"one", object(), b"two")]

    with stage.app.app_context():
        keep_all(db.engine, batch)

    assert [handover.kept for handover in batch] == [True, False, True]
    kept = everything(select(Callback).order_by(Callback.id))
    assert [callback.body for callback in kept] == [b"one", b"two"]


def test_the_keeper_outlives_what_it_cannot_store(stage: Stage) -> None:
    keeper = Keeper(stage.app)

    assert not keeper.keep(arrived(object()))
    assert keeper.keep(arrived(b"after it"))


def test_many_at_once_are_all_kept(stage: Stage) -> None:
    keeper = Keeper(stage.app)

    with ThreadPoolExecutor(40) as pool:
        bodies = [str(n).encode() for n in range(200)]
        kept = list(pool.map(keeper.keep, map(arrived, bodies)))

    assert all(kept)
    rows = everything(select(Callback))
    assert sorted(row.body for row in rows) == sorted(bodies)
