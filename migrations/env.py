"""Runs migrations in one transaction each on the application's own engine.

SQLite: foreign keys are switched off before BEGIN IMMEDIATE, since a batch change makes a table anew and dropping the
old one would delete the rows of its children; `foreign_key_check` runs before the commit.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from outreach.database.types import BigId, UtcDateTime

migrate = current_app.extensions["migrate"]
engine: Engine = migrate.db.engine


def render_item(kind, item, autogen):
    """Write our own column types by name in generated migrations."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from outreach.database.types import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and item is BigId:
        autogen.imports.add("from outreach.database.types import BigId")
        return "BigId"
    return False


def run(connection: Connection) -> None:
    """Upgrade over `connection`."""
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
        on_version_apply=refuse_broken_references,
    )
    with context.begin_transaction():
        context.run_migrations()


def refuse_broken_references(*, ctx, step, **_) -> None:
    """Before a migration commits on SQLite, refuse it when a row points nowhere."""
    if ctx.dialect.name != "sqlite":
        return
    broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        table = broken[0][0]
        raise RuntimeError(f"{step.up_revision_id} leaves {len(broken)} rows that point nowhere, first in {table}")


def run_on_sqlite(connection: Connection) -> None:
    """Upgrade with foreign keys off: the switch works only outside a transaction."""
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        run(connection)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


with engine.connect() as connection:
    (run_on_sqlite if engine.dialect.name == "sqlite" else run)(connection)
