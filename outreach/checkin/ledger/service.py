"""Appends scans and returns every fact of the tickets concerned, with as few statements as each database allows.

It counts at the single admission. SQLite's write transaction is alone, so a ticket and its scans are read together.
PostgreSQL must hold the ticket first and read its scans afterwards, but can insert and read in one statement; that sees
the database as it was when it began, so what it inserts is added from its own answer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, false, or_, select, true, union_all
from sqlalchemy.dialects import postgresql, sqlite

from outreach.checkin import queries
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.checkin.scan_ticket import TicketRow
from outreach.database import db

_TABLE = Scan.__table__
_KEY = ["scan_id"]
_INSERT_ONCE = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY),
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
class Held:
    """Tickets that nobody else scans until the transaction ends. `facts` None: to be read after the insert."""

    tickets: list[TicketRow]
    facts: list[Fact] | None = None


@dataclass(frozen=True)
class Appended:
    """Every fact of what was appended to, and the ids of the scans that are new."""

    facts: list[Fact]
    new_ids: set[str]


def hold(event_id: int, *, ids: Collection[int], selectors: Collection[str]) -> Held:
    """Return the tickets of any event with these ids or selectors, held for this transaction."""
    if db.engine.dialect.name != "sqlite" or len(ids) + len(selectors) != 1:
        return Held(queries.hold_tickets(ids=ids, selectors=selectors))
    ticket, facts = queries.ticket_with_facts(event_id, ticket_id=next(iter(ids), None), selector="".join(selectors))
    return Held([ticket] if ticket else [], facts)


def append(event_id: int, rows: list[dict[str, Any]], held: Held) -> Appended:
    """Insert scans of one event; one that is stored already, from here or earlier, stays as it was first told."""
    if not rows:
        return Appended([], set())
    dialect = db.engine.dialect.name
    if len(rows) == 1 and dialect == "postgresql":
        return _insert_and_read(rows[0])
    if len(rows) == 1 and held.facts is not None and rows[0]["ticket_id"] is not None:
        return _insert_beside(held.facts, rows[0])
    statement = _INSERT_ONCE[dialect].returning(_TABLE.c.scan_id)
    new_ids = set(db.session.execute(statement, rows).scalars())
    return Appended(_facts_of(event_id, rows), new_ids)


def _insert_beside(facts: list[Fact], row: dict[str, Any]) -> Appended:
    inserted = cast("CursorResult[Any]", db.session.execute(_INSERT_ONCE["sqlite"], row)).rowcount == 1
    if not inserted:
        return Appended(facts, set())
    new = queries.fact_of_row([row[column.name] for column in queries.FACT_COLUMNS])
    return Appended([*facts, new], {new.scan_id})


def _insert_and_read(row: dict[str, Any]) -> Appended:
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
