"""What the doors hold on an event's guests: who came in when, on which phone. Erased with the event's people."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from outreach.checkin.models import ChosenForDoors, DoorDevice, DoorPairing, Scan
from outreach.checkin.paper.models import PaperSheet
from outreach.checkin.rehearsal.queries import shadow
from outreach.database import db
from outreach.tickets.models import Ticket

_TABLES = (Scan, DoorDevice, DoorPairing, ChosenForDoors, PaperSheet)


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete the event's scans, phones, pairing links and choices; return the number of rows by table."""
    erase_rehearsal(event_id)
    return {table.__tablename__: _erase(table, event_id) for table in _TABLES}


def erase_rehearsal(event_id: int) -> None:
    """Delete what was scanned in the event's rehearsal: nobody's, and counted nowhere."""
    db.session.execute(delete(Scan).where(Scan.event_id == shadow(event_id)))


def _erase(table: type[Any], event_id: int) -> int:
    gone = db.session.execute(delete(table).where(table.event_id == event_id))
    return cast("CursorResult[Any]", gone).rowcount


def export_of_invitations(invitation_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return what the doors noted of the tickets of these invitations (some hundred at most), the oldest first."""
    wanted = (
        select(Scan)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .where(Ticket.invitation_id.in_(invitation_ids))
        .order_by(Scan.at_utc, Scan.scan_id)
    )
    return [
        {"door": row.door, "scan": row.kind, "persons": row.persons, "scanned_at": row.at_utc.isoformat()}
        for row in db.session.scalars(wanted)
    ]
