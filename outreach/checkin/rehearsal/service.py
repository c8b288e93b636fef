"""A rehearsal's use cases: begin, take scans in, tell phones, end. Its scans are stored beside the evening's, not among
them, and are deleted when it ends."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import service
from outreach.checkin.contact.service import note_upload
from outreach.checkin.crowd.crowd import Crowd, with_more
from outreach.checkin.erasure import erase_rehearsal
from outreach.checkin.headcount import clashes
from outreach.checkin.ledger import service as ledger
from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.checkin.queries import Device, standings
from outreach.checkin.queries import facts as all_facts
from outreach.checkin.rehearsal import guests, queries
from outreach.checkin.scan_merge import fold
from outreach.checkin.scan_report import Upload
from outreach.checkin.scan_ticket import pointer
from outreach.checkin.service import NewPairing
from outreach.checkin.uploads import service as uploads
from outreach.checkin.uploads.service import StoredUpload
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.formats.short_code import TICKET, compute


def begin(event: Event, *, door: str, actor: Actor, now: datetime) -> NewPairing:
    """Open one more door to rehearse at; `door` is its name, with its number after it."""
    number = len(queries.pairings(event.id)) + 1
    return service.open_door(event, f"{door} {number}", actor=actor, now=now, is_rehearsal=True)


def end(event: Event, *, actor: Actor, now: datetime) -> None:
    """Let every rehearsing phone go and delete what they scanned. Twice is as once."""
    for table in (DoorPairing, DoorDevice):
        is_open = (table.event_id == event.id, table.is_rehearsal.is_(True))
        db.session.execute(update(table).where(*is_open).values(is_revoked=True))
    erase_rehearsal(event.id)
    record("door.rehearsal_end", subject_kind="event", subject_id=event.id, actor=actor, now=now)


def store_any(token_hash: str, upload: Upload, connection: Connection, *, now: datetime) -> StoredUpload:
    """Store an upload where it belongs: among the evening's, or beside them for a phone that rehearses."""
    try:
        return uploads.store_scans(token_hash, upload, connection, now=now)
    except uploads.RehearsingError as phone:
        return _store(phone.device, upload, connection, now=now)


def code_for(purpose: str, selector: str, generation: int) -> str:
    """Return a made-up ticket's code, ungrouped."""
    return compute(TICKET, selector, key_ring().link_mac(purpose, selector, generation))


code_of: Callable[[str, int], str] = partial(code_for, guests.PURPOSE)


def crowd_of(event_id: int) -> Crowd:
    """Return who is in at the rehearsal: few enough to be counted anew each time."""
    return with_more(Crowd(), queries.facts(event_id), guests.rows(event_id))


def _store(device: Device, upload: Upload, connection: Connection, *, now: datetime) -> StoredUpload:
    reports = upload.each_once()
    pointers = {report.scan_id: pointer(report.ticket) for report in reports}
    tickets = guests.rows(device.event_id)
    found = uploads.found_of(device.event_id, pointers, tickets, code_of)
    rows = [_beside(uploads.fact_row(one, found[one.scan_id], device, upload.clock_utc, now)) for one in reports]
    ledger.append(queries.shadow(device.event_id), rows, known=None, connection=connection)
    facts = all_facts(queries.shadow(device.event_id), connection)
    outcomes = fold(facts, standings(tickets)).outcomes
    note_upload(device, upload, now, connection)
    stored = [uploads.stored_scan(scan, found, outcomes) for scan in upload.scans]
    hit = {one.ticket.group for one in found.values() if one.ticket}
    return StoredUpload(
        stored, clashes([fact for fact in facts if fact.group in hit], outcomes), tickets, is_rehearsal=True
    )


def _beside(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row under the rehearsal's number; its ticket is no row, so it is named by its group alone."""
    group = f"ticket:{row['ticket_id']}" if row["ticket_id"] else row["ticket_hash"]
    return {**row, "event_id": queries.shadow(row["event_id"]), "ticket_id": None, "ticket_hash": group}
