"""Which columns hold keyed hashes and sealed texts, told by their types, and which rows still stand under an old key.

The tables are those of every capability, so that none can be forgotten: `KeyedHash` and "…_sealed" mark the columns.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, func, not_, or_, select

from outreach.database import KeyedHash, db
from outreach.database.keys import KeyRing

PAGE_ROWS = 5_000
# Under the number of parameters that both databases take in one statement.
_HASHES_A_STATEMENT = 10_000


def hash_columns(*kinds: str) -> list[Column[str]]:
    """Return the columns of keyed hashes of any of `kinds`, or all of them; a table's columns one after another."""
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, KeyedHash) and (not kinds or column.type.of in kinds)
    ]


def sealed_columns() -> list[Column[bytes]]:
    """Return the columns of sealed texts; a table's columns one after another."""
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed") and isinstance(column.type, LargeBinary)
    ]


def tables_to_rotate() -> list[Table]:
    """Return each table that has such a column."""
    columns: list[Column[Any]] = [*hash_columns(), *sealed_columns()]
    return list(dict.fromkeys(column.table for column in columns))


def key_of(table: Table) -> Column[int]:
    """Return the column by which a row of `table` is named, and to which its sealed texts are bound."""
    (key,) = table.primary_key.columns
    return key


def stale_hash_rows(column: Column[str], ring: KeyRing, after: int) -> list[tuple[int, str]]:
    """Return (id, hash) of the next rows, PAGE_ROWS at most, whose hash the newest key has not wrapped, after `after`.

    What is no keyed hash is among them and stays as it is.
    """
    key = key_of(column.table)
    wanted = select(key, column).where(key > after, is_stale_hash(column, ring))
    return [(row_id, value) for row_id, value in db.session.execute(wanted.order_by(key).limit(PAGE_ROWS))]


def stale_sealed_rows(column: Column[bytes], ring: KeyRing, after: int) -> list[tuple[int, bytes]]:
    """Return (id, sealed) of the next rows, PAGE_ROWS at most, that another key than the newest sealed."""
    key = key_of(column.table)
    wanted = select(key, column).where(key > after, _is_stale_sealed(column, ring))
    return [(row_id, bytes(value)) for row_id, value in db.session.execute(wanted.order_by(key).limit(PAGE_ROWS))]


def stale_counts(ring: KeyRing) -> dict[str, int]:
    """Return how many values of each column, by "table.column", wait for the newest key; only those that have any."""
    conditions: list[tuple[Column[Any], ColumnElement[bool]]] = [
        (column, is_stale_hash(column, ring)) for column in hash_columns()
    ]
    conditions += [(column, _is_stale_sealed(column, ring)) for column in sealed_columns()]
    found = {
        f"{column.table.name}.{column.name}": db.session.scalar(
            select(func.count()).select_from(column.table).where(condition)
        )
        or 0
        for column, condition in conditions
    }
    return {name: number for name, number in found.items() if number}


def has_stale(column: Column[str], ring: KeyRing) -> bool:
    """Say whether `column` has a hash that is not made by the newest key alone."""
    newest = f"{ring.register_keys[0].key_id}:%"
    wanted = select(column).where(column.is_not(None), column != "", not_(column.like(newest)))
    wanted = wanted.where(not_(column.like(f"weak:{newest}")))
    return db.session.execute(wanted.limit(1)).first() is not None


def stored_among(column: Column[str], hashes: Sequence[str]) -> set[str]:
    """Return which of `hashes` stand in `column`."""
    found: set[str] = set()
    for start in range(0, len(hashes), _HASHES_A_STATEMENT):
        part = hashes[start : start + _HASHES_A_STATEMENT]
        found.update(db.session.scalars(select(column).where(column.in_(part)).distinct().order_by(column)))
    return found


def is_stale_hash(column: Column[str], ring: KeyRing) -> ColumnElement[bool]:
    """Say of a row whether `column` has a keyed hash that the newest key has neither made nor wrapped."""
    newest = ring.register_keys[0].key_id
    is_hash = or_(*(column.like(pattern) for pattern in _patterns([key.key_id for key in ring.register_keys[1:]])))
    is_new = or_(*(column.like(pattern) for pattern in _patterns([newest])))
    return is_hash & not_(is_new)


def _patterns(key_ids: Sequence[int]) -> Iterator[str]:
    """Yield what a keyed hash looks like whose last key is one of `key_ids`; base64 has neither "." nor ":"."""
    for key_id in key_ids:
        yield from (f"{key_id}:%", f"%.{key_id}:%", f"weak:{key_id}:%")
    # Nothing is stale when there is one key.
    if not key_ids:
        yield ""


def _is_stale_sealed(column: Column[bytes], ring: KeyRing) -> ColumnElement[bool]:
    newest = bytes([ring.register_keys[0].key_id])
    return column.is_not(None) & (func.substr(column, 1, 1) != newest)
