"""The schema that migrations build is the schema of the models, on the database under test, and carries data over."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, inspect, select, text

from outreach import create_app
from outreach.checkin.models import SCANS_NOW
from outreach.database import db
from outreach.settings import Settings
from tests.conftest import ON_POSTGRESQL
from tests.postgresql import database_url

pytestmark = pytest.mark.own_database
MIGRATIONS = Path(__file__).parent.parent / "migrations"
CHILD_TABLES = """
create table parent (id integer primary key, name text);
create table child (id integer primary key, parent_id integer not null references parent (id) on delete cascade);
insert into parent values (1, 'a'), (2, 'b');
insert into child values (10, 1), (11, 1), (12, 2);
"""


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Flask]:
    yield from _migrated_app(tmp_path, {"DATABASE_URL": database_url()} if ON_POSTGRESQL else {})


@pytest.fixture
def migrated_sqlite(tmp_path: Path) -> Iterator[Flask]:
    """Return an application on SQLite whatever database is under test: batch mode is SQLite's own."""
    yield from _migrated_app(tmp_path, {})


def _migrated_app(instance: Path, environ: dict[str, str]) -> Iterator[Flask]:
    environ = {"INSTANCE_DIR": str(instance), **environ}
    app = create_app(Settings.from_env(environ))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_follow_one_another_in_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert len(script.get_heads()) == 1
    assert revisions == sorted(revisions, reverse=True)


def test_the_migrated_schema_is_the_schema_of_the_models(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_check_and_unique_constraints_are_those_of_the_models(migrated: Flask) -> None:
    found = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
        assert {c["name"] for c in found.get_check_constraints(table.name)} == wanted, table.name


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no functions of its own")
def test_the_function_that_migrations_make_is_that_of_the_models(migrated: Flask) -> None:
    made = select(func.pg_get_functiondef(text("'scans_now'::regproc")))
    of_migrations = db.session.scalar(made)
    db.session.execute(text("DROP FUNCTION scans_now"))
    db.session.execute(text(SCANS_NOW))
    assert db.session.scalar(made) == of_migrations


def test_a_second_upgrade_changes_nothing(migrated: Flask) -> None:
    before = inspect(db.engine).get_table_names()
    upgrade(directory=str(MIGRATIONS))
    assert inspect(db.engine).get_table_names() == before


def test_a_batch_change_of_a_parent_keeps_its_children(migrated_sqlite: Flask, tmp_path: Path) -> None:
    _add_migration_of_a_parent(tmp_path)
    with db.engine.begin() as connection:
        for statement in filter(str.strip, CHILD_TABLES.split(";")):
            connection.execute(text(statement))
    upgrade(directory=str(tmp_path / "migrations"))
    with db.engine.connect() as connection:
        assert connection.execute(text("select count(*) from child")).scalar() == 3
        assert "added" in {column["name"] for column in inspect(connection).get_columns("parent")}


def test_with_foreign_keys_on_the_same_change_would_lose_the_children() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript("pragma foreign_keys=on;" + CHILD_TABLES)
    connection.executescript(
        "create table t2 as select * from parent; drop table parent; alter table t2 rename to parent;"
    )
    assert connection.execute("select count(*) from child").fetchone()[0] == 0


def test_a_migration_that_breaks_a_reference_is_refused_whole(
    migrated_sqlite: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _add_migration_of_a_parent(tmp_path, body="op.execute('delete from parent where id = 1')")
    with db.engine.begin() as connection:
        for statement in filter(str.strip, CHILD_TABLES.split(";")):
            connection.execute(text(statement))
    with pytest.raises(SystemExit):
        upgrade(directory=str(tmp_path / "migrations"))
    assert "rows that point nowhere" in caplog.text
    with db.engine.connect() as connection:
        assert connection.execute(text("select count(*) from parent")).scalar() == 2


def _add_migration_of_a_parent(folder: Path, body: str = "") -> None:
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    body = body or (
        "with op.batch_alter_table('parent', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('added', sa.Text()))"
    )
    (folder / "migrations" / "versions" / "9999_parent.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = {head!r}\n\n\ndef upgrade():\n    {body}\n",
        encoding="utf-8",
    )


def test_events_keep_their_text_and_what_was_released_of_them(tmp_path: Path) -> None:
    """0038: a programme in free text stays as it is, and letters were released for the revision that there was."""
    environ = {"DATABASE_URL": database_url()} if ON_POSTGRESQL else {}
    app = create_app(Settings.from_env({"INSTANCE_DIR": str(tmp_path), **environ}))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS), revision="0036")
        with db.engine.begin() as connection:
            connection.execute(text(
                "insert into event (id, slug, kind, state, title, description, programme, starts_at_utc, ends_at_utc,"
                " venue, venue_address, access_information, city, answer_by, sequence, created_at_utc, changed_at_utc)"
                " values (1, 'kveld', 'gathering', 'published', 'Kveld', '', :programme, '2026-11-26 17:00:00',"
                " '2026-11-26 20:00:00', 'Huset', '', 'Heis.', 'modum', '2026-11-23', 3, '2026-11-01', '2026-11-01')"
            ), {"programme": "**Mat** og prat\n\n- Quiz"})  # fmt: skip
        upgrade(directory=str(MIGRATIONS))
        with db.engine.connect() as connection:
            row = connection.execute(text("select programme, revision, nearest_stop, parking from event")).one()
        assert tuple(row) == ("**Mat** og prat\n\n- Quiz", 3, "", "")
        db.session.remove()
        db.engine.dispose()
