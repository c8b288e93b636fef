"""What a phone asks each second: whether anything has happened since it last asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true

from outreach.checkin.models import Scan
from outreach.database import db
from outreach.events.models import Event
from outreach.tickets.models import Ticket


@dataclass(frozen=True)
class EventMark:
    """How much there is of an event: changes whenever a scan, an answer, a ticket or the capacity does."""

    scan_count: int
    ticket_count: int
    version_sum: int
    newest_scan_utc: datetime | None
    newest_ticket_utc: datetime | None
    capacity: int | None = None


def mark(event_id: int) -> EventMark:
    """Return how much there is of the event, in one statement that a phone may ask each second."""
    scans = select(func.count(Scan.scan_id), func.max(Scan.received_at_utc)).where(Scan.event_id == event_id)
    held = select(func.count(Ticket.id), func.coalesce(func.sum(Ticket.version), 0), func.max(Ticket.changed_at_utc))
    left, right = scans.subquery(), held.where(Ticket.event_id == event_id).subquery()
    capacity = select(Event.capacity).where(Event.id == event_id).scalar_subquery()
    row = db.session.execute(select(*left.c, *right.c, capacity).select_from(left.join(right, true()))).one()
    return EventMark(
        scan_count=row[0],
        newest_scan_utc=row[1],
        ticket_count=row[2],
        version_sum=int(row[3]),
        newest_ticket_utc=row[4],
        capacity=row[5],
    )
