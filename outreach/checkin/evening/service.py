"""What the door lead does from the desk: facts appended like those of phones, each once by its own id."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import queries
from outreach.checkin.admission import Light, ScanClass, ScanKind
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.evening.desk import DOOR, HouseFullError, NoSuchScanError, Settlement, free_places
from outreach.checkin.evening.queries import facts_beside, is_stored, scan_of_event
from outreach.checkin.ledger import service as ledger
from outreach.checkin.ledger.queries import hold_tickets
from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.checkin.scan_merge import fold
from outreach.checkin.scan_ticket import TicketRow
from outreach.database import db
from outreach.events.models import Event

_GROUP = "desk"


def new_fact_id() -> str:
    """Return the id of a fact that a form will make: sending the form twice makes one."""
    return token_hex(16)


def take_back(event: Event, scan_id: str, *, fact_id: str, actor: Actor, now: datetime) -> Scan:
    """Take one scan back, whoever made it, and return it. Raises NoSuchScanError."""
    scan = _standing(event, scan_id)
    append(event, [_undo(scan, fact_id, now)])
    record("door.undo", subject_kind="event", subject_id=event.id, actor=actor, now=now, persons=scan.persons)
    return scan


def settle(event: Event, scan_id: str, settlement: Settlement, *, fact_id: str, actor: Actor, now: datetime) -> None:
    """Settle a clash by its later scan: it was the same guest, or two parties of whom the second has no ticket.

    Raises NoSuchScanError when somebody else has settled it.
    """
    scan = _standing(event, scan_id)
    facts = [_undo(scan, fact_id, now)]
    if settlement is Settlement.TWO:
        facts.append(_walk_in(event, scan.persons, scan.door, fact_id=_second(fact_id), now=now))
    append(event, facts)
    record(
        "door.settle", subject_kind="event", subject_id=event.id, actor=actor, now=now,
        settlement=settlement.value, persons=scan.persons,
    )  # fmt: skip


def let_in(event: Event, persons: int, *, is_forced: bool, fact_id: str, actor: Actor, now: datetime) -> None:
    """Let persons without a ticket in. Raises HouseFullError unless `is_forced`."""
    if is_stored(fact_id):
        return
    free = free_of(event)
    is_over = free is not None and persons > free
    if is_over and not is_forced:
        raise HouseFullError(free=free)
    append(event, [_walk_in(event, persons, DOOR, fact_id=fact_id, now=now)])
    record(
        "door.walk_in", subject_kind="event", subject_id=event.id, actor=actor, now=now,
        persons=persons, over_capacity=is_over,
    )  # fmt: skip


def free_of(event: Event) -> int | None:
    """Return how many may come in without a ticket; None when there is no limit."""
    if event.capacity is None:
        return None
    crowd = crowd_of(event.id)
    return free_places(event.capacity, on_tickets=crowd.persons_on_tickets, walked_in=crowd.walked_in)


def close_evening(event: Event, *, actor: Actor, now: datetime) -> int:
    """Close every door of the event, and return how many phones were let go. Scans stay. Twice is as once."""
    db.session.execute(update(DoorPairing).where(DoorPairing.event_id == event.id).values(is_revoked=True))
    is_open = (DoorDevice.event_id == event.id, DoorDevice.is_revoked.is_(False))
    gone = db.session.execute(update(DoorDevice).where(*is_open).values(is_revoked=True))
    phones = int(getattr(gone, "rowcount", 0))
    record("door.close_all", subject_kind="event", subject_id=event.id, actor=actor, now=now, phones=phones)
    return phones


def _standing(event: Event, scan_id: str) -> Scan:
    """Return a scan that is not taken back, its ticket held so that no door writes meanwhile."""
    scan = scan_of_event(event.id, scan_id)
    if scan is None:
        raise NoSuchScanError
    held: Iterable[TicketRow] = ()
    if scan.ticket_id is not None:
        held = hold_tickets(ids=[scan.ticket_id], selectors=[], connection=db.session.connection())
    outcomes = fold(facts_beside(scan), queries.standings(held)).outcomes
    if outcomes[scan.scan_id].scan_class == ScanClass.UNDONE:
        raise NoSuchScanError
    return scan


def append(event: Event, rows: list[dict[str, Any]]) -> None:
    """Append facts of the event, each once."""
    ledger.append(event.id, rows, known=None, connection=db.session.connection())


def _undo(scan: Scan, fact_id: str, now: datetime) -> dict[str, Any]:
    same = {"ticket_id": scan.ticket_id, "ticket_hash": scan.ticket_hash, "ticket_generation": scan.ticket_generation}
    fact = desk_fact(scan.event_id, ScanKind.UNDO, scan.persons, scan.door, fact_id=fact_id, now=now)
    return {**fact, **same, "undoes": scan.scan_id}


def _walk_in(event: Event, persons: int, door: str, *, fact_id: str, now: datetime) -> dict[str, Any]:
    return desk_fact(event.id, ScanKind.WALK_IN, persons, door, fact_id=fact_id, now=now)


def desk_fact(event_id: int, kind: ScanKind, persons: int, door: str, *, fact_id: str, now: datetime) -> dict[str, Any]:
    """Return the row of a fact that staff make, without a device or a ticket."""
    return {
        "scan_id": fact_id,
        "event_id": event_id,
        "device_id": None,
        "door": door,
        "counter": 0,
        "ticket_id": None,
        "ticket_hash": _GROUP,
        "ticket_generation": 0,
        "kind": kind.value,
        "persons": persons,
        "phone_at_utc": now,
        "at_utc": now,
        "received_at_utc": now,
        "phone_verdict": Light.GREEN.value,
        "roster_version": "",
        "undoes": "",
    }


def _second(fact_id: str) -> str:
    """Return the id of the second fact of one act: again the same when the form is sent twice."""
    return f"{int(fact_id, 16) ^ 1:032x}"
