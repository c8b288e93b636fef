"""What the door asks of the database: few statements, each for all of what is asked for at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    func,
    select,
)

from outreach.checkin.admission import ScanKind
from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.checkin.scan_merge import Fact, Merged, TicketStanding, fold
from outreach.checkin.scan_ticket import TicketRow, group_of_ticket
from outreach.database import db, run
from outreach.errors import N_, NotFoundError
from outreach.tickets.models import Ticket
from outreach.tickets.ticket import TicketState

# What one admission asks is built once, of plain tables: building it anew cost more than the database's own work.
_scan, _ticket_row, _device = Scan.__table__.c, Ticket.__table__.c, DoorDevice.__table__.c
FACT_COLUMNS = [
    _scan[name]
    for name in (
        "scan_id", "ticket_id", "ticket_hash", "device_id", "door", "kind", "persons", "at_utc", "phone_verdict",
        "ticket_generation", "undoes",
    )
]  # fmt: skip
TICKET_COLUMNS = [
    _ticket_row[name]
    for name in ("id", "event_id", "selector", "generation", "state", "persons", "version", "changed_at_utc")
]
DEVICE_COLUMNS = [
    _device[name]
    for name in (
        "id", "event_id", "door", "name", "last_seen_at_utc", "clock_offset_ms", "is_rehearsal", "waiting_scans",
    )
]  # fmt: skip
IS_PAIRED = and_(
    _device.token_hash == bindparam("token_hash"),
    _device.is_revoked.is_(False),
    _device.expires_at_utc > bindparam("now"),
)
_DEVICE_BY_TOKEN = select(*DEVICE_COLUMNS).where(IS_PAIRED)


def is_of_event(event_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Select an event's scans by an expression that has no index: that of a ticket must be used for a ticket's scans.

    Without statistics, as on the evening itself, both databases look through the whole event otherwise.
    """
    found: ColumnElement[bool] = _scan.event_id + 0 == event_id
    return found


_ALL_FACTS = select(*FACT_COLUMNS).order_by(_scan.scan_id)
_FACTS = _ALL_FACTS.where(_scan.event_id == bindparam("event_id"))
_FACTS_SINCE = _FACTS.where(_scan.received_at_utc >= bindparam("since"))


@dataclass(frozen=True)
class Device:
    """A paired phone, as its guard knows it."""

    id: int
    event_id: int
    door: str
    name: str
    last_seen_at_utc: datetime
    clock_offset_ms: int
    is_rehearsal: bool = False
    waiting_scans: int = 0


def device_by_token_hash(token_hash: str, now: datetime, connection: Connection | None = None) -> Device | None:
    """Return the phone whose token has this SHA-256, or None when unknown, revoked or expired at `now`."""
    rows = run(_DEVICE_BY_TOKEN, {"token_hash": token_hash, "now": now}, on=connection).rows
    return Device(*rows[0]) if rows else None


def pairing_by_secret_hash(secret_hash: str) -> DoorPairing | None:
    """Return the pairing link whose secret has this SHA-256, whatever its state, or None."""
    return db.session.execute(select(DoorPairing).where(DoorPairing.secret_hash == secret_hash)).scalar_one_or_none()


def pairing_of_event(event_id: int, pairing_id: int) -> DoorPairing:
    """Return a pairing link of the event. Raises NotFoundError."""
    wanted = select(DoorPairing).where(DoorPairing.id == pairing_id, DoorPairing.event_id == event_id)
    pairing = db.session.execute(wanted).scalar_one_or_none()
    if pairing is None:
        raise NotFoundError(N_("Vi finner ikke døra."))
    return pairing


def device_of_event(event_id: int, device_id: int) -> DoorDevice:
    """Return a phone of the event. Raises NotFoundError."""
    wanted = select(DoorDevice).where(DoorDevice.id == device_id, DoorDevice.event_id == event_id)
    device = db.session.execute(wanted).scalar_one_or_none()
    if device is None:
        raise NotFoundError(N_("Vi finner ikke telefonen."))
    return device


def _in_earnest(table: type[DoorPairing] | type[DoorDevice], event_id: int) -> ColumnElement[bool]:
    """Select what is the event's and no rehearsal's."""
    return and_(table.event_id == event_id, table.is_rehearsal.is_(False))


def pairings(event_id: int) -> list[DoorPairing]:
    """Return the event's pairing links, by door, the newest first."""
    order = (DoorPairing.door, DoorPairing.created_at_utc.desc(), DoorPairing.id)
    return list(db.session.scalars(select(DoorPairing).where(_in_earnest(DoorPairing, event_id)).order_by(*order)))


def devices(event_id: int) -> list[DoorDevice]:
    """Return the event's phones, by door and name."""
    order = (DoorDevice.door, DoorDevice.name, DoorDevice.id)
    return list(db.session.scalars(select(DoorDevice).where(_in_earnest(DoorDevice, event_id)).order_by(*order)))


def scan_counts(event_id: int) -> dict[int, int]:
    """Return the number of scans that each phone of the event has delivered."""
    rows = db.session.execute(
        select(DoorDevice.id, func.count())
        .join(Scan, Scan.device_id == DoorDevice.id)
        .where(Scan.event_id == event_id)
        .group_by(DoorDevice.id)
        .order_by(DoorDevice.id)
    )
    return {row[0]: row[1] for row in rows}


def doors(event_id: int) -> list[str]:
    """Return the names of the event's doors, in order."""
    wanted = select(DoorPairing.door).where(_in_earnest(DoorPairing, event_id), DoorPairing.is_revoked.is_(False))
    return list(db.session.scalars(wanted.distinct().order_by(DoorPairing.door)))


def tickets(event_id: int, *, since: datetime | None = None, connection: Connection | None = None) -> list[TicketRow]:
    """Return the event's tickets, those changed at `since` or later when given, in order of id."""
    wanted = select(*TICKET_COLUMNS).where(Ticket.event_id == event_id).order_by(Ticket.id)
    if since is not None:
        wanted = wanted.where(Ticket.changed_at_utc >= since)
    return [ticket_of_row(row) for row in (connection or db.session).execute(wanted)]


def facts(event_id: int, connection: Connection | None = None, *, since: datetime | None = None) -> list[Fact]:
    """Return every scan of the event, those received at `since` or later when given, in order of scan id."""
    if since is not None:
        return [
            fact_of_row(row) for row in run(_FACTS_SINCE, {"event_id": event_id, "since": since}, on=connection).rows
        ]
    return [fact_of_row(row) for row in run(_FACTS, {"event_id": event_id}, on=connection).rows]


def groups_scanned_since(event_id: int, since: datetime) -> set[str]:
    """Return the groups of scans that were received at `since` or later."""
    wanted = (
        select(Scan.ticket_id, Scan.ticket_hash)
        .where(Scan.event_id == event_id, Scan.received_at_utc >= since)
        .distinct()
        .order_by(Scan.ticket_id, Scan.ticket_hash)
    )
    return {group_of(ticket_id, ticket_hash) for ticket_id, ticket_hash in db.session.execute(wanted)}


def merged(event_id: int, connection: Connection | None = None) -> Merged:
    """Return all that happened at the event's doors, folded."""
    return fold(facts(event_id, connection), standings(tickets(event_id, connection=connection)))


def standings(rows: Iterable[TicketRow]) -> dict[str, TicketStanding]:
    """Return what the fold must know of `rows`, by group."""
    return {row.group: row.standing for row in rows}


def group_of(ticket_id: int | None, ticket_hash: str) -> str:
    """Return the name under which a stored scan is folded."""
    return ticket_hash if ticket_id is None else group_of_ticket(ticket_id)


def fact_of_row(row: Any) -> Fact:
    """Return the fact of a row of FACT_COLUMNS."""
    scan_id, ticket_id, ticket_hash, device_id, door, kind, persons, at_utc, light, generation, undoes = row
    return Fact(
        scan_id=scan_id,
        group=group_of(ticket_id, ticket_hash),
        device_id=device_id,
        door=door,
        kind=ScanKind(kind),
        persons=persons,
        at_utc=at_utc,
        light=light,
        generation=generation,
        undoes=undoes,
    )


def ticket_of_row(row: Any) -> TicketRow:
    """Return the ticket of a row of TICKET_COLUMNS."""
    ticket_id, event_id, selector, generation, state, persons, version, changed_at_utc = row
    return TicketRow(
        id=ticket_id,
        event_id=event_id,
        selector=selector,
        generation=generation,
        is_valid=state == TicketState.VALID,
        persons=persons,
        version=version,
        changed_at_utc=changed_at_utc,
    )
