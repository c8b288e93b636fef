"""What one scan alone asks of the database: the admission that somebody stands and waits for at the door.

SQLite's write transaction is alone, so one statement finds the phone, the ticket and its scans before the scan is
stored. PostgreSQL gets one statement for all of it, which is a transaction of its own: it finds phone and ticket, holds
the ticket, stores the scan and reads the ticket's scans. Of two doors at the same moment one waits for the other's
statement; what has been stored meanwhile is read by `scans_now`, which looks when it is called (ADR 0038).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects import postgresql

from outreach.checkin import queries
from outreach.checkin.models import DoorDevice, Scan
from outreach.checkin.queries import DEVICE_COLUMNS, FACT_COLUMNS, TICKET_COLUMNS, Device
from outreach.checkin.scan_merge import Fact
from outreach.checkin.scan_ticket import Pointer, TicketRow
from outreach.database import run
from outreach.tickets.models import Ticket

_scan, _ticket, _device = Scan.__table__, Ticket.__table__, DoorDevice.__table__
# Never with a ticket of somebody: what a rehearsal scans is nobody's.
_IS_IN_EARNEST = and_(queries.IS_PAIRED, _device.c.is_rehearsal.is_(False))
_IS_ASKED = {
    "selector": _ticket.c.selector == bindparam("one"),
    "id": _ticket.c.id == bindparam("one"),
}
_FACTS_AT = len(DEVICE_COLUMNS) + len(TICKET_COLUMNS)
_STORED_AT = _FACTS_AT + len(FACT_COLUMNS)


@dataclass(frozen=True)
class Admission:
    """The phone and the ticket of a single scan, and the ticket's scans."""

    device: Device
    ticket: TicketRow
    facts: list[Fact]


@dataclass(frozen=True)
class Stored(Admission):
    """The same with the scan among `facts`; `is_new`: it was not stored before."""

    is_new: bool


def _with_ticket_and_facts(is_asked: ColumnElement[bool]) -> Select[Any]:
    of_same = and_(_scan.c.ticket_id == _ticket.c.id, queries.is_of_event(_device.c.event_id))
    tables = _device.join(_ticket, is_asked).outerjoin(_scan, of_same)
    return (
        select(*DEVICE_COLUMNS, *TICKET_COLUMNS, *FACT_COLUMNS)
        .select_from(tables)
        .where(_IS_IN_EARNEST)
        .order_by(_scan.c.scan_id)
    )


def _stored_with_ticket_and_facts(is_asked: ColumnElement[bool]) -> Select[Any]:
    found = (
        select(
            *(one.label(f"device_{one.name}") for one in DEVICE_COLUMNS),
            *(one.label(f"ticket_{one.name}") for one in TICKET_COLUMNS),
        )
        .select_from(_device.join(_ticket, is_asked))
        .where(_IS_IN_EARNEST, _ticket.c.event_id == _device.c.event_id)
        .where(_ticket.c.generation >= bindparam("ticket_generation", type_=_scan.c.ticket_generation.type))
        .with_for_update(key_share=True, of=_ticket)
        .cte("found")
    )
    known = {
        "event_id": found.c.device_event_id,
        "device_id": found.c.device_id,
        "ticket_id": found.c.ticket_id,
        "door": func.coalesce(func.nullif(bindparam("door", type_=_scan.c.door.type), ""), found.c.device_door),
        "ticket_hash": literal("", _scan.c.ticket_hash.type),
    }
    values = [known.get(one.name, bindparam(one.name, type_=one.type)) for one in _scan.columns]
    stored = (
        postgresql.insert(_scan)
        .from_select(_scan.columns.keys(), select(*values))
        .on_conflict_do_nothing(index_elements=["scan_id"])
        .returning(*FACT_COLUMNS)
        .cte("stored")
    )
    scans_now = func.scans_now(found.c.device_event_id, found.c.ticket_id)
    now = scans_now.table_valued(*(column(one.name, one.type) for one in FACT_COLUMNS)).lateral("now")
    tables = found.outerjoin(stored, true()).outerjoin(now, true())
    return select(*found.c, *now.c, *stored.c).select_from(tables)


_FOUND = {by: _with_ticket_and_facts(is_asked) for by, is_asked in _IS_ASKED.items()}
_STORED = {by: _stored_with_ticket_and_facts(is_asked) for by, is_asked in _IS_ASKED.items()}


def find(token_hash: str, now: datetime, *, wanted: Pointer, connection: Connection) -> Admission | None:
    """Return phone, ticket and its scans in one statement; for a transaction that is alone, as SQLite's is.

    None when there is no such phone or no such ticket: ask for each.
    """
    by, one = _by(wanted)
    rows = run(_FOUND[by], {"token_hash": token_hash, "now": now, "one": one}, on=connection).rows
    return Admission(*_phone_and_ticket(rows[0]), _facts(rows)) if rows else None


def store(
    token_hash: str, now: datetime, scan: Mapping[str, Any], *, wanted: Pointer, connection: Connection
) -> Stored | None:
    """Store `scan`, and return what it needs to know, all in one statement (PostgreSQL), which sees what was stored
    while it waited for another door.

    `scan` has what the phone told and the generation of the code. None when nothing is stored: there is no such phone,
    or no such ticket of its event and of that generation.
    """
    by, one = _by(wanted)
    rows = run(_STORED[by], {**scan, "token_hash": token_hash, "now": now, "one": one}, on=connection).rows
    if not rows:
        return None
    device, ticket = _phone_and_ticket(rows[0])
    facts, new = _facts(rows), _facts(rows[:1], _STORED_AT)
    by_id = {fact.scan_id: fact for fact in (*facts, *new)}
    return Stored(device, ticket, list(by_id.values()), is_new=bool(new))


def _by(wanted: Pointer) -> tuple[str, int | str]:
    return ("selector", wanted.selector) if wanted.ticket_id is None else ("id", wanted.ticket_id)


def _phone_and_ticket(row: Any) -> tuple[Device, TicketRow]:
    ticket_at = len(DEVICE_COLUMNS)
    return Device(*row[:ticket_at]), queries.ticket_of_row(row[ticket_at:_FACTS_AT])


def _facts(rows: Iterable[Any], at: int = _FACTS_AT) -> list[Fact]:
    """Return the facts that `rows` have from column `at` on."""
    return [queries.fact_of_row(row[at : at + len(FACT_COLUMNS)]) for row in rows if row[at] is not None]
