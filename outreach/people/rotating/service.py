"""Wraps and seals by the newest register key, all or nothing in the caller's transaction; renews who is seen again.

All at once, because a person's hash and the wish not to be written to are compared with each other: between two
generations a wish would not be found. A person who is seen again gives the number itself, so the hash can be made anew
by the newest key alone, wherever it stands.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, bindparam, text, update

from outreach.database import db
from outreach.database.keys import KeyRing
from outreach.people.rotating import queries

Progress = Callable[[str, int], None]
# What an extract gives anew. A file's hash and a header's stay wrapped: the file is not there any more.
RENEWED = ("identity", "dwelling")


def lock_everything() -> None:
    """Let nobody write a hash or a sealed text until this transaction ends. SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        names = ", ".join(table.name for table in queries.tables_to_rotate())
        db.session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    else:
        db.session.execute(text("SELECT 1"))


def wait_for_rotation() -> None:
    """Wait until no key is being changed, and let none be until this transaction ends. To be called before hashing."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE person IN ROW EXCLUSIVE MODE"))


def wrap_all(ring: KeyRing, progress: Progress) -> dict[str, int]:
    """Bring each keyed hash and sealed text under the newest key of `ring`; return how many by "table.column".

    `progress` hears the column and how many of it are done.
    """
    done: dict[str, int] = {}
    for hashed in queries.hash_columns():
        done[_name(hashed)] = _change(hashed, lambda at, after: _wrapped_rows(at, ring, after), progress)
    for sealed in queries.sealed_columns():
        done[_name(sealed)] = _change(sealed, lambda at, after: _resealed_rows(at, ring, after), progress)
    return {name: number for name, number in done.items() if number}


class Renewing:
    """Gives the people, wishes and dwellings of an extract's batches hashes by the newest key alone."""

    def __init__(self, ring: KeyRing) -> None:
        several = len(ring.register_keys) > 1
        columns = queries.hash_columns(*RENEWED)
        self._stale = [column for column in columns if several and queries.has_stale(column, ring)]

    @property
    def is_needed(self) -> bool:
        """Say whether any hash of a person or a dwelling stands that an older key made."""
        return bool(self._stale)

    def renew(self, kinds: Sequence[str], newest_of: Mapping[str, str]) -> None:
        """Replace each old hash of `newest_of` (old → new) in the columns of `kinds`.

        An old hash stays where its new one stands already.
        """
        old = sorted(newest_of)
        for column in self._stale:
            if column.type.of in kinds:  # type: ignore[attr-defined]
                found = queries.stored_among(column, old)
                taken = queries.stored_among(column, sorted({newest_of[value] for value in found}))
                rows = [
                    {"old": value, "new": newest_of[value]} for value in sorted(found) if newest_of[value] not in taken
                ]
                if rows:
                    change = update(column.table).where(column == bindparam("old"))
                    db.session.execute(change.values({column.name: bindparam("new")}), rows)


def _wrapped_rows(column: Column[Any], ring: KeyRing, after: int) -> list[tuple[int, Any]]:
    return [(row_id, ring.wrapped(value)) for row_id, value in queries.stale_hash_rows(column, ring, after)]


def _resealed_rows(column: Column[Any], ring: KeyRing, after: int) -> list[tuple[int, Any]]:
    name = _name(column)
    return [
        (row_id, ring.seal(ring.unseal(value, column=name, row_id=row_id), column=name, row_id=row_id))
        for row_id, value in queries.stale_sealed_rows(column, ring, after)
    ]


def _change(
    column: Column[Any], next_rows: Callable[[Column[Any], int], list[tuple[int, Any]]], progress: Progress
) -> int:
    table: Table = column.table
    change = update(table).where(queries.key_of(table) == bindparam("key")).values({column.name: bindparam("new")})
    done, after = 0, 0
    while rows := next_rows(column, after):
        db.session.execute(change, [{"key": row_id, "new": value} for row_id, value in rows])
        after, done = rows[-1][0], done + len(rows)
        progress(_name(column), done)
    return done


def _name(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"
