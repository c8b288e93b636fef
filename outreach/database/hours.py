"""The hour of a stored moment, as the database itself cuts it, so that answers are grouped there and not row by row."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, String, func, type_coerce


def hour_of(column: Any, database: str) -> ColumnElement[Any]:
    """Return the expression of the hour of a `UtcDateTime` column; `read_hour` makes a moment of what it gives."""
    if database == "postgresql":
        return func.date_trunc("hour", type_coerce(column, DateTime(timezone=True)))
    return func.substr(type_coerce(column, String), 1, 13)


def read_hour(value: Any) -> datetime:
    """Return the moment (UTC) of what `hour_of` gave."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.strptime(value, "%Y-%m-%d %H").replace(tzinfo=UTC)
