"""Inserts that a unique constraint may refuse without ending the transaction: the constraint decides a race."""

from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from outreach.database.base import db


def insert_if_free(model: type, **values: Any) -> bool:
    """Insert a row of `model` unless a unique constraint stands against it; say whether it went in."""
    result = db.session.execute(_statement(model, db.engine.dialect.name), values)
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]


@cache
def _statement(model: Any, database: str) -> Insert:
    insert = postgresql.insert if database == "postgresql" else sqlite.insert
    statement = insert(model.__table__).on_conflict_do_nothing()
    # PostgreSQL's driver reports the rows of an INSERT only when asked to keep the number.
    return statement.execution_options(preserve_rowcount=True)
