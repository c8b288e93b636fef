"""Column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

# SQLite makes a column its rowid only when it is declared INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class KeyedHash(String):
    """A keyed hash "key ids:base64" of something personal, which a change of the register key wraps (keys.py).

    `of` is what was hashed: "identity" for whatever recognises a person, by number or by name and birth date.
    """

    def __init__(self, length: int = 120, *, of: str = "identity") -> None:
        super().__init__(length)
        self.of = of


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, zone-aware in UTC on the Python side whatever the database keeps. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return what turns an aware moment into what the database keeps; it raises ValueError for a naive one.

        In one call for each value: SQLAlchemy's own for SQLite writes field by field, at several times the cost.
        """
        return _to_sqlite if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], datetime | None]:
        """Return what makes the stored moment zone-aware in UTC."""
        return _from_sqlite if dialect.name == "sqlite" else _from_zoned


def _to_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be stored")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _to_sqlite(value: datetime | None) -> str | None:
    moment = _to_utc(value)
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_sqlite(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _from_zoned(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)
