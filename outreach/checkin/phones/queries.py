"""What a phone asks each second: whether anything has happened since it last asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, func, select, true

from outreach.checkin.models import ChosenForDoors, Scan
from outreach.database import db
from outreach.events.models import Event
from outreach.tickets.models import Ticket


@dataclass(frozen=True)
class EventMark:
    """How much there is of an event: changes whenever a scan, an answer, a ticket or the capacity does.

    `revision` is that of what was chosen for the doors: with a new one phones fetch everything anew. With a new
    `in_charge_revision` they are told whom to fetch.
    """

    scan_count: int
    ticket_count: int
    version_sum: int
    newest_scan_utc: datetime | None
    newest_ticket_utc: datetime | None
    capacity: int | None = None
    revision: int = 0
    has_names: bool = False
    in_charge_revision: int = 0


def mark(event_id: int) -> EventMark:
    """Return how much there is of the event, in one statement that a phone may ask each second."""
    scans = select(func.count(Scan.scan_id), func.max(Scan.received_at_utc)).where(Scan.event_id == event_id)
    held = select(func.count(Ticket.id), func.coalesce(func.sum(Ticket.version), 0), func.max(Ticket.changed_at_utc))
    left, right = scans.subquery(), held.where(Ticket.event_id == event_id).subquery()
    has_names = func.coalesce(ChosenForDoors.has_names, false())
    in_charge_revision = func.coalesce(ChosenForDoors.in_charge_revision, 0)
    event = (
        select(Event.capacity, func.coalesce(ChosenForDoors.revision, 0), has_names, in_charge_revision)
        .outerjoin(ChosenForDoors, ChosenForDoors.event_id == Event.id)
        .where(Event.id == event_id)
        .subquery()
    )
    counts = left.join(right, true()).outerjoin(event, true())
    row = db.session.execute(select(*left.c, *right.c, *event.c).select_from(counts)).one()
    return EventMark(
        scan_count=row[0],
        newest_scan_utc=row[1],
        ticket_count=row[2],
        version_sum=int(row[3]),
        newest_ticket_utc=row[4],
        capacity=row[5],
        revision=row[6] or 0,
        has_names=bool(row[7]),
        in_charge_revision=row[8] or 0,
    )
