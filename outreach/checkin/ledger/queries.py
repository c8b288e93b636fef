"""What is stored of tickets and codes that were scanned, found without going through the whole evening."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Connection, Executable, Select, bindparam, literal_column, select, true

from outreach.checkin import queries
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.checkin.scan_ticket import TicketRow
from outreach.database import run
from outreach.database.lists import among, listed, one_by_one, unnested
from outreach.tickets.models import Ticket

_scan, _ticket = Scan.__table__.c, Ticket.__table__.c


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


def _held_one_by_one(name: str) -> Select[Any]:
    """Return a statement that takes the tickets in the order of the ids bound as `name` and holds each (PostgreSQL).

    Of a hundred ids the planner believes that it is less to read the whole table.
    """
    wanted = unnested("wanted", {"id": listed(name, _ticket.id.type)})
    one = select(*queries.TICKET_COLUMNS).where(_ticket.id == wanted.c.id).correlate(wanted)
    held = one.with_for_update(of=Ticket.__table__, key_share=True).lateral("held")
    return select(*held.c).select_from(wanted.join(held, true()))


# Either database goes through all tickets when it may choose.
_TICKETS_OF_IDS: dict[str, Executable] = {
    "sqlite": one_by_one(queries.TICKET_COLUMNS, _ticket.id, "ids"),
    "postgresql": _held_one_by_one("ids"),
}
_IDS_OF_SELECTORS: dict[str, Executable] = {
    "sqlite": one_by_one([_ticket.id], _ticket.selector, "selectors"),
    "postgresql": select(_ticket.id).where(among(_ticket.selector, "selectors")),
}


def hold_tickets(*, ids: Collection[int], selectors: Collection[str], connection: Connection) -> list[TicketRow]:
    """Return the tickets of any event with these ids or selectors, in order of id, held until the transaction ends."""
    wanted = set(ids)
    if selectors:  # one statement takes all rows in one order: two phones never wait for each other
        of_selectors = _IDS_OF_SELECTORS[connection.dialect.name]
        wanted.update(row.id for row in run(of_selectors, {"selectors": selectors}, on=connection).rows)
    if not wanted:
        return []
    held = run(_TICKETS_OF_IDS[connection.dialect.name], {"ids": sorted(wanted)}, on=connection)
    return [queries.ticket_of_row(row) for row in held.rows]


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
