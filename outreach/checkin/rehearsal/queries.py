"""Rehearsal doors and phones of an event. Their scans stand under the event's number with a minus before it.

So no statement that asks for an event's scans sees them, whatever it counts.
"""

from datetime import datetime

from sqlalchemy import func, select

from outreach.checkin import queries
from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.checkin.scan_merge import Fact
from outreach.database import db


def shadow(event_id: int) -> int:
    """Return under which number the event's rehearsal is stored."""
    return -event_id


def pairings(event_id: int) -> list[DoorPairing]:
    """Return the rehearsal's pairing links, by door."""
    wanted = select(DoorPairing).where(DoorPairing.event_id == event_id, DoorPairing.is_rehearsal.is_(True))
    return list(db.session.scalars(wanted.order_by(DoorPairing.door, DoorPairing.id)))


def devices(event_id: int) -> list[DoorDevice]:
    """Return the rehearsal's phones, by door and name."""
    wanted = select(DoorDevice).where(DoorDevice.event_id == event_id, DoorDevice.is_rehearsal.is_(True))
    return list(db.session.scalars(wanted.order_by(DoorDevice.door, DoorDevice.name, DoorDevice.id)))


def facts(event_id: int) -> list[Fact]:
    """Return every scan of the rehearsal."""
    return queries.facts(shadow(event_id))


def version_parts(event_id: int) -> tuple[datetime | None, int]:
    """Return when the newest scan of the rehearsal was received, None without one, and how many there are."""
    wanted = select(func.max(Scan.received_at_utc), func.count()).where(Scan.event_id == shadow(event_id))
    newest, count = db.session.execute(wanted).one()
    return newest, count
