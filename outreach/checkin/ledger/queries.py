"""What is stored of tickets and codes that were scanned, found without going through the whole evening."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Connection, Executable, Select, bindparam, literal_column, select, true

from outreach.checkin import queries
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.database import run
from outreach.database.lists import among, listed, one_by_one, unnested

_scan = Scan.__table__.c


def _ticket_by_ticket(name: str) -> Select[Any]:
    """Return a statement that goes through the tickets, not through the scans, also without statistics (PostgreSQL).

    `OFFSET 0` keeps the planner from making a join of it, which may begin with every scan of the evening.
    """
    wanted = unnested("wanted", {"id": listed(name, BigInteger())})
    of_event = select(*queries.FACT_COLUMNS).where(queries.is_of_event(bindparam("event_id")))
    facts = (
        of_event.where(_scan.ticket_id == wanted.c.id).correlate(wanted).offset(literal_column("0")).lateral("facts")
    )
    return select(*facts.c).select_from(wanted.join(facts, true()))


_FACTS_OF_ONE = select(*queries.FACT_COLUMNS).order_by(_scan.scan_id).where(queries.is_of_event(bindparam("event_id")))
_FACTS_OF_TICKETS: dict[str, Executable] = {
    "sqlite": one_by_one(queries.FACT_COLUMNS, _scan.ticket_id, "ticket_ids", "scan.event_id + 0 = :event_id"),
    "postgresql": _ticket_by_ticket("ticket_ids"),
}
_FACTS_OF_HASHES = _FACTS_OF_ONE.where(_scan.ticket_id.is_(None), among(_scan.ticket_hash, "ticket_hashes"))


def facts_of(
    event_id: int, *, ticket_ids: Collection[int], ticket_hashes: Collection[str], connection: Connection
) -> list[Fact]:
    """Return every scan of these tickets and of these codes without ticket, in order of scan id."""
    rows: list[Any] = []
    if ticket_ids:
        of_tickets = _FACTS_OF_TICKETS[connection.dialect.name]
        rows += run(of_tickets, {"event_id": event_id, "ticket_ids": ticket_ids}, on=connection).rows
    if ticket_hashes:
        rows += run(_FACTS_OF_HASHES, {"event_id": event_id, "ticket_hashes": ticket_hashes}, on=connection).rows
    return sorted((queries.fact_of_row(row) for row in rows), key=lambda fact: fact.scan_id)


def hashes_without_ticket(event_id: int, scan_ids: Collection[str], connection: Connection) -> dict[str, str]:
    """Return what scans of the event without a ticket are folded as, by id, for those of `scan_ids` that are stored."""
    if not any(scan_ids):
        return {}
    wanted = select(Scan.scan_id, Scan.ticket_hash).where(
        Scan.scan_id.in_(scan_ids), Scan.event_id == event_id, Scan.ticket_id.is_(None)
    )
    return {row.scan_id: row.ticket_hash for row in connection.execute(wanted.order_by(Scan.scan_id))}
