"""Inserts that a unique constraint may refuse without ending the transaction: the constraint decides a race."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from outreach.database.base import db


def insert_if_free(model: type, **values: Any) -> bool:
    """Insert a row of `model` unless a unique constraint stands against it; say whether it went in."""
    kind = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = kind.insert(model).values(**values).on_conflict_do_nothing()
    # PostgreSQL's driver reports the rows of an INSERT only when asked to keep the number.
    result = db.session.execute(statement.execution_options(preserve_rowcount=True))
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]
