"""What tickets hold on people: that a household of a size has one. Erased with the event's people."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete

from outreach.database import db
from outreach.tickets.models import Ticket


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete the event's tickets; return the number of rows by table."""
    gone = db.session.execute(delete(Ticket).where(Ticket.event_id == event_id))
    return {Ticket.__tablename__: cast("CursorResult[Any]", gone).rowcount}
