"""Migrations: from nothing to what the models say, and never halfway."""

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade
from sqlalchemy import insert, inspect, select, text

from conversations import schema
from conversations.config import ROOT
from conversations.db import Base, db
from conversations.models import Conversation, Customer, Line, Message
from conversations.searching import index, pieces, question
from tests.searching.conftest import index_all
from tests.support.fresh import add_migration, app_on, migrated, release

PARENTS = """
    op.create_table("shelf", sa.Column("id", sa.Integer(), primary_key=True))
    shelf = sa.ForeignKey("shelf.id", name="fk_book_shelf", ondelete="CASCADE")
    op.create_table("book", sa.Column("shelf_id", sa.Integer(), shelf))
    op.execute("INSERT INTO shelf VALUES (1)")
    for _ in range(1000):
        op.execute("INSERT INTO book VALUES (1)")
"""
REBUILD = """
    for parent in ("shelf", "conversation"):
        with op.batch_alter_table(parent, recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.String()))
"""
THREE_MIGRATE = """
import multiprocessing, sys
from app import create_app
from conversations import schema
from conversations.config import Config

def migrate(url):
    with create_app(Config(database_url=url)).app_context():
        schema.migrate()

fork = multiprocessing.get_context("fork")
three = [fork.Process(target=migrate, args=sys.argv[1:]) for _ in range(3)]
[one.start() for one in three]
[one.join() for one in three]
print([one.exitcode for one in three])
"""


def test_from_nothing_it_comes_to_what_the_models_say(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": but_for_the_index}
        )
        assert compare_metadata(context, Base.metadata) == []
    with app.app_context():
        release()


def but_for_the_index(name: str | None, kind: str, _: object) -> bool:
    """What the search needs is kept as each database does it best."""
    return not (name or "").startswith(("search_words", "search_people"))


def test_migrating_again_changes_nothing(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context():
        schema.migrate()

        assert schema.current()
        release()


def test_three_processes_may_migrate_at_once(own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", THREE_MIGRATE, own_database], cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("[0, 0, 0]\n", "")
    app = app_on(own_database)
    with app.app_context():
        assert schema.current()
        release()


def test_rebuilding_a_parent_table_keeps_its_children(
    sqlite_database: str, migrations: Path
) -> None:
    """With foreign keys on, SQLite deletes them: dropping a table deletes its rows."""
    app = migrated(sqlite_database)
    with app.app_context():
        fill()
        add_migration(migrations, PARENTS, REBUILD)
        schema.migrate(str(migrations))

        for table in ("book", "message"):
            assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 1000
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        release()


def fill(body: str = "") -> None:
    line, customer = Line(address="+1", sender="1"), Customer(address="+2", digits="2")
    conversation = Conversation(line=line, customer=customer)
    db.session.add(conversation)
    db.session.flush()
    row = {
        "conversation_id": conversation.id, "direction": "inbound", "body": body,
        "status": "received", "segments": 1, "encoding": "gsm7",
    }  # fmt: skip
    db.session.execute(insert(Message), [row] * 1000)
    db.session.commit()


def test_an_empty_database_can_go_back_to_nothing(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context():
        downgrade(directory=schema.MIGRATIONS, revision="base")

        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        release()


def test_customers_of_before_are_found_by_a_part_of_their_name(
    own_database: str,
) -> None:
    app = migrated(own_database)
    with app.app_context():
        downgrade(directory=schema.MIGRATIONS, revision="0024")
        before = Customer(address="+12025550142", digits="12025550142")
        before.rename("Augusta")
        db.session.add(before)
        db.session.commit()

        schema.migrate()

        for kept, part in ((pieces.NAMES, "gust"), (pieces.NUMBERS, "0142")):
            found = select(Customer.address).where(pieces.may_hold(kept, part))
            assert db.session.scalars(found).all() == ["+12025550142"]
        nobody = select(Customer.id).where(pieces.may_hold(pieces.NAMES, "gusto"))
        assert db.session.scalars(nobody).all() == []
        release()


def test_texts_of_before_are_found_once_they_are_indexed_anew(
    own_database: str,
) -> None:
    app = migrated(own_database)
    with app.app_context():
        fill("A text of before")
        index_all(app)
        downgrade(directory=schema.MIGRATIONS, revision="0025")
        schema.migrate()
        index_all(app)

        words = list(question.terms("of befo", begun=True))
        found = db.session.scalars(index.kind().ids(words)).all()
        assert sorted(found) == sorted(db.session.scalars(select(Message.id)))
        release()
