"""The open doors of an event, read while nobody else can open one."""

from datetime import datetime

from sqlalchemy import select

from outreach.checkin.models import DoorPairing
from outreach.database import db
from outreach.events.models import Event


def open_doors(event_id: int, now: datetime) -> list[str]:
    """Return the names of the doors open at `now`, in order.

    The event is locked until the transaction ends: two who open the same door at once queue up, and the second is told.
    """
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    is_open = (DoorPairing.is_revoked.is_(False), DoorPairing.expires_at_utc > now)
    wanted = select(DoorPairing.door).where(DoorPairing.event_id == event_id, *is_open)
    return list(db.session.scalars(wanted.order_by(DoorPairing.door, DoorPairing.id)))
