"""What tickets hold on people: that a household of a size has one. Erased with the event's people."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from outreach.database import db
from outreach.events.models import Event
from outreach.tickets.models import Ticket


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete the event's tickets; return the number of rows by table."""
    gone = db.session.execute(delete(Ticket).where(Ticket.event_id == event_id))
    return {Ticket.__tablename__: cast("CursorResult[Any]", gone).rowcount}


def export_of_invitations(invitation_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the tickets of these invitations (some hundred at most): for how many persons, whoever they are."""
    wanted = (
        select(Ticket, Event.title)
        .join(Event, Event.id == Ticket.event_id)
        .where(Ticket.invitation_id.in_(invitation_ids))
        .order_by(Ticket.issued_at_utc, Ticket.id)
    )
    return [
        {"event": title, "ticket_state": row.state, "persons": row.persons, "issued_at": row.issued_at_utc.isoformat()}
        for row, title in db.session.execute(wanted)
    ]
