"""Inserts that a unique constraint may refuse without ending the transaction: the constraint decides a race."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from outreach.database.base import db
from outreach.database.lists import insert_of_rows
from outreach.database.statements import run
from outreach.database.together import Step


def insert_if_free(model: type, **values: Any) -> bool:
    """Insert a row of `model` unless a unique constraint stands against it; say whether it went in."""
    return inserting(model, **values).run().rowcount == 1


def inserting(model: type, **values: Any) -> Step:
    """Return what `insert_if_free` does as a step of an act."""
    return Step(_statement(model, db.engine.dialect.name), values)


def insert_all_if_free(model: type, rows: Sequence[dict[str, Any]]) -> int:
    """Insert `rows` of `model`, all with the same columns, as `insert_if_free` does each; return how many went in."""
    if len(rows) < 2:
        return sum(insert_if_free(model, **row) for row in rows)
    if db.engine.dialect.name != "postgresql":
        return run(_statement(model, "sqlite"), rows).rowcount
    return run(_all_at_once(model, tuple(rows[0])), {"rows": rows}).rowcount


def inserting_or_changing(
    model: type, rows: Sequence[dict[str, Any]], *, unique: tuple[str, ...], changed: tuple[str, ...]
) -> Step:
    """Return the step that inserts `rows` of `model`, at least one and all with the same columns; where one stands that
    has the same `unique` columns, it takes over the `changed` ones."""
    if db.engine.dialect.name == "postgresql":
        return Step(_upsert_of_rows(model, tuple(rows[0]), unique, changed), {"rows": rows}, len(rows))
    return Step(_upsert_of_one(model, unique, changed), rows, len(rows))


@cache
def _upsert_of_one(model: Any, unique: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    return _upsert(sqlite.insert(model.__table__), unique, changed)


@cache
def _upsert_of_rows(model: Any, names: tuple[str, ...], unique: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    return _upsert(insert_of_rows(model.__table__, names), unique, changed)


def _upsert(statement: postgresql.Insert | sqlite.Insert, unique: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    new = {name: statement.excluded[name] for name in changed}
    return statement.on_conflict_do_update(index_elements=unique, set_=new)


@cache
def _all_at_once(model: Any, names: tuple[str, ...]) -> Insert:
    return insert_of_rows(model.__table__, names).on_conflict_do_nothing()


@cache
def _statement(model: Any, database: str) -> Insert:
    statement: Insert = _insert(database)(model.__table__).on_conflict_do_nothing()
    # PostgreSQL's driver reports the rows of an INSERT only when asked to keep the number.
    return statement.execution_options(preserve_rowcount=True)


def _insert(database: str) -> Any:
    return postgresql.insert if database == "postgresql" else sqlite.insert
