"""Opens a door that no other open door is called as, and makes a new pairing link for one that is open."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin.models import DoorPairing
from outreach.checkin.opening import queries
from outreach.checkin.pairing import DoorIsClosedError, free_name, new_secret, secret_hash
from outreach.checkin.service import NewPairing, open_door
from outreach.database import db
from outreach.events.models import Event


def open_new_door(event: Event, door: str, *, actor: Actor, now: datetime) -> NewPairing:
    """Make a pairing link for a shift at a door of its own. Raises DoorNameError or DoorIsOpenError."""
    return open_door(event, free_name(door, queries.open_doors(event.id, now)), actor=actor, now=now)


def renew_link(pairing: DoorPairing, *, actor: Actor, now: datetime) -> NewPairing:
    """Give an open door a new secret, for a phone that comes late; the one before pairs nobody any more.

    Phones that are paired have tokens of their own and go on. Raises DoorIsClosedError.
    """
    if pairing.is_revoked or pairing.expires_at_utc <= now:
        raise DoorIsClosedError
    secret = new_secret()
    pairing.secret_hash = secret_hash(secret)
    db.session.flush()
    record("door.renew", subject_kind="door_pairing", subject_id=pairing.id, actor=actor, now=now)
    return NewPairing(pairing.id, secret, pairing.door, pairing.expires_at_utc)
