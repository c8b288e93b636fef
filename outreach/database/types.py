"""Column types that mean the same on SQLite and PostgreSQL."""

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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into what the database keeps. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored moment, zone-aware in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
