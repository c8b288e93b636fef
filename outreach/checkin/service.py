"""Opens a door, pairs a phone with it, and closes either."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import queries
from outreach.checkin.contact.service import offset_ms
from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.checkin.pairing import (
    PairingLinkError,
    cleaned_name,
    expiry,
    new_secret,
    offset_seconds,
    secret_hash,
)
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.formats.short_code import TICKET, compute
from outreach.tickets.queries import PURPOSE


@dataclass(frozen=True)
class NewPairing:
    """A pairing link just made. `secret` is shown once and not kept."""

    id: int
    secret: str
    door: str
    expires_at_utc: datetime


@dataclass(frozen=True)
class PairedDevice:
    """A phone just paired. `token` is told once and not kept."""

    device: DoorDevice
    token: str
    clock_offset_seconds: float


def open_door(event: Event, door: str, *, actor: Actor, now: datetime, is_rehearsal: bool = False) -> NewPairing:
    """Make a pairing link for one shift at `door`. Raises DoorNameError."""
    secret = new_secret()
    pairing = DoorPairing(
        event_id=event.id,
        door=cleaned_name(door),
        secret_hash=secret_hash(secret),
        created_at_utc=now,
        expires_at_utc=expiry(ends_at_utc=event.ends_at_utc, now=now),
        is_revoked=False,
        is_rehearsal=is_rehearsal,
    )
    db.session.add(pairing)
    db.session.flush()
    record("door.open", subject_kind="door_pairing", subject_id=pairing.id, actor=actor, now=now, event=event.id)
    return NewPairing(pairing.id, secret, pairing.door, pairing.expires_at_utc)


def pair(secret: str, device_name: str, *, phone_utc: datetime, now: datetime) -> PairedDevice:
    """Pair a phone by the secret of a link. Raises PairingLinkError or DoorNameError."""
    pairing = queries.pairing_by_secret_hash(secret_hash(secret))
    if pairing is None or pairing.is_revoked or pairing.expires_at_utc <= now:
        raise PairingLinkError
    token, offset = new_secret(), offset_seconds(phone_utc=phone_utc, now=now)
    device = DoorDevice(
        pairing_id=pairing.id,
        event_id=pairing.event_id,
        door=pairing.door,
        name=cleaned_name(device_name),
        token_hash=secret_hash(token),
        paired_at_utc=now,
        expires_at_utc=pairing.expires_at_utc,
        last_seen_at_utc=now,
        clock_offset_ms=offset_ms(phone_utc, now),
        is_revoked=False,
        is_rehearsal=pairing.is_rehearsal,
    )
    db.session.add(device)
    db.session.flush()
    actor = Actor("device", device.id)
    record("door.pair", subject_kind="door_device", subject_id=device.id, actor=actor, now=now, event=pairing.event_id)
    return PairedDevice(device, token, offset)


def close_door(pairing: DoorPairing, *, actor: Actor, now: datetime) -> None:
    """End a shift: the link pairs nobody any more and its phones are let go. Scans stay. Twice is as once."""
    pairing.is_revoked = True
    db.session.execute(update(DoorDevice).where(DoorDevice.pairing_id == pairing.id).values(is_revoked=True))
    db.session.flush()
    record("door.close", subject_kind="door_pairing", subject_id=pairing.id, actor=actor, now=now)


def let_go(device: DoorDevice, *, actor: Actor, now: datetime) -> None:
    """Take one phone's access away, as when it is lost. Its scans stay."""
    device.is_revoked = True
    db.session.flush()
    record("door.let_go", subject_kind="door_device", subject_id=device.id, actor=actor, now=now)


def code_of(selector: str, generation: int) -> str:
    """Return the whole ticket code of `selector`, ungrouped."""
    return compute(TICKET, selector, key_ring().link_mac(PURPOSE, selector, generation))
