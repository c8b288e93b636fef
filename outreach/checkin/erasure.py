"""What the doors hold on an event's guests: who came in when, on which phone. Erased with the event's people."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete

from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.database import db


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete the event's scans, phones and pairing links; return the number of rows by table."""
    return {table.__tablename__: _erase(table, event_id) for table in (Scan, DoorDevice, DoorPairing)}


def _erase(table: type[Scan] | type[DoorDevice] | type[DoorPairing], event_id: int) -> int:
    gone = db.session.execute(delete(table).where(table.event_id == event_id))
    return cast("CursorResult[Any]", gone).rowcount
