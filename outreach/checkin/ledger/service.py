"""Appends scans and returns every fact of the tickets concerned, with as few statements as each database allows.

PostgreSQL can insert and read in one statement, which saves a round trip where it counts: at the single admission. A
statement sees the database as it was when it began, so what it inserts is added from its own answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, false, or_, select, true, union_all
from sqlalchemy.dialects import postgresql, sqlite

from outreach.checkin import queries
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.database import db

_TABLE = Scan.__table__
_KEY = ["scan_id"]
_INSERT_ONCE = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY).returning(_TABLE.c.scan_id),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY).returning(_TABLE.c.scan_id),
}
_STORED = (
    postgresql.insert(_TABLE)
    .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in _TABLE.columns})
    .on_conflict_do_nothing(index_elements=_KEY)
    .returning(*queries.FACT_COLUMNS)
    .cte("stored")
)
_INSERT_ONCE_AND_READ = union_all(
    select(*_STORED.c, true()),
    select(*queries.FACT_COLUMNS, false()).where(
        _TABLE.c.event_id == bindparam("new_event_id"),
        or_(
            _TABLE.c.ticket_id == bindparam("new_ticket_id"),
            _TABLE.c.ticket_id.is_(None) & (_TABLE.c.ticket_hash == bindparam("hash_without_ticket")),
        ),
    ),
)


@dataclass(frozen=True)
class Appended:
    """Every fact of what was appended to, and the ids of the scans that are new."""

    facts: list[Fact]
    new_ids: set[str]


def append(event_id: int, rows: list[dict[str, Any]]) -> Appended:
    """Insert scans of one event; one that is stored already, from here or earlier, stays as it was first told."""
    if not rows:
        return Appended([], set())
    dialect = db.engine.dialect.name
    if dialect == "postgresql" and len(rows) == 1:
        return _append_one(rows[0])
    new_ids = set(db.session.execute(_INSERT_ONCE[dialect], rows if len(rows) > 1 else rows[0]).scalars())
    return Appended(_facts_of(event_id, rows), new_ids)


def _append_one(row: dict[str, Any]) -> Appended:
    values = {f"new_{name}": value for name, value in row.items()}
    values["hash_without_ticket"] = row["ticket_hash"] if row["ticket_id"] is None else None
    told = db.session.execute(_INSERT_ONCE_AND_READ, values).all()
    facts = [queries.fact_of_row(one[:-1]) for one in told]
    return Appended(facts, {one[0] for one in told if one[-1]})


def _facts_of(event_id: int, rows: Iterable[dict[str, Any]]) -> list[Fact]:
    return queries.facts_of(
        event_id,
        ticket_ids={row["ticket_id"] for row in rows if row["ticket_id"] is not None},
        ticket_hashes={row["ticket_hash"] for row in rows if row["ticket_id"] is None},
    )
