"""Appends scans and returns every fact of the tickets concerned, with few statements.

SQLite's write transaction is alone, so what was read in it is still right after the insert. On PostgreSQL the caller
holds the tickets, and one scan of one ticket goes another way (one_scan/).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from outreach.checkin import queries
from outreach.checkin.ledger.queries import facts_of
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.database import run
from outreach.database.lists import insert_of_rows, one_by_one

_TABLE = Scan.__table__
_KEY = ["scan_id"]
_OF_FACT = itemgetter(*(column.name for column in queries.FACT_COLUMNS))
_INSERT_ONCE = sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY)
_INSERT_MANY = (
    insert_of_rows(_TABLE, _TABLE.columns.keys())
    .on_conflict_do_nothing(index_elements=_KEY)
    .returning(_TABLE.c.scan_id)
)
_STORED_BEFORE = one_by_one([_TABLE.c.scan_id], _TABLE.c.scan_id, "scan_ids")


@dataclass(frozen=True)
class Appended:
    """Every fact of what was appended to, and the ids of the scans that are new."""

    facts: list[Fact]
    new_ids: set[str]


def append(event_id: int, rows: list[dict[str, Any]], *, known: list[Fact] | None, connection: Connection) -> Appended:
    """Insert scans of one event; one that is stored already, from here or earlier, stays as it was first told.

    `known`: the facts of the one ticket of `rows`, when nobody else can have added to them since they were read.
    """
    if not rows:
        return Appended([], set())
    if len(rows) > 1 or connection.dialect.name == "postgresql":
        return _append_many(event_id, rows, connection)
    is_new = run(_INSERT_ONCE, rows[0], on=connection).rowcount == 1
    new = _fact(rows[0])
    if known is None or not is_new:
        return Appended(_facts_of(event_id, rows, connection), {new.scan_id} if is_new else set())
    return Appended([*known, new], {new.scan_id})


def _append_many(event_id: int, rows: list[dict[str, Any]], connection: Connection) -> Appended:
    """Read what there is of these tickets, which nobody else adds to meanwhile, then insert: most have no fact yet."""
    before = _facts_of(event_id, rows, connection)
    new_ids = _insert_many(rows, connection)
    new = [_fact(row) for row in rows if row["scan_id"] in new_ids]
    return Appended(sorted([*before, *new], key=lambda fact: fact.scan_id), new_ids)


def _fact(row: dict[str, Any]) -> Fact:
    return queries.fact_of_row(_OF_FACT(row))


def _insert_many(rows: list[dict[str, Any]], connection: Connection) -> set[str]:
    """Insert those of `rows` that are not stored, and return their ids."""
    if connection.dialect.name == "postgresql":
        return {row.scan_id for row in run(_INSERT_MANY, {"rows": rows}, on=connection).rows}
    before = run(_STORED_BEFORE, {"scan_ids": [row["scan_id"] for row in rows]}, on=connection).rows
    known = {row.scan_id for row in before}
    new = [row for row in rows if row["scan_id"] not in known]
    if new:
        run(_INSERT_ONCE, new, on=connection)
    return {row["scan_id"] for row in new}


def _facts_of(event_id: int, rows: Iterable[dict[str, Any]], connection: Connection) -> list[Fact]:
    return facts_of(
        event_id,
        ticket_ids={row["ticket_id"] for row in rows if row["ticket_id"] is not None},
        ticket_hashes={row["ticket_hash"] for row in rows if row["ticket_id"] is None},
        connection=connection,
    )
