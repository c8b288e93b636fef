"""The door's use cases that write: open a door, pair a phone, store scans, close either.

Scans are facts: each is stored once, by its own id, whatever it says; what it means is folded from all facts after.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import queries
from outreach.checkin.admission import ScanClass, ScanKind, UnknownReason
from outreach.checkin.contact.service import note_upload, offset_ms
from outreach.checkin.headcount import Clash, clashes, told
from outreach.checkin.ledger import service as ledger
from outreach.checkin.ledger.queries import hashes_without_ticket, hold_tickets
from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.checkin.pairing import (
    DeviceTokenError,
    PairingLinkError,
    cleaned_name,
    expiry,
    new_secret,
    offset_seconds,
    secret_hash,
)
from outreach.checkin.queries import Device
from outreach.checkin.scan_merge import Fact, Outcome, fold
from outreach.checkin.scan_report import BadScan, ScanReport, Upload
from outreach.checkin.scan_ticket import Found, Pointer, TicketRow, match, pointer
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.formats.short_code import TICKET, compute
from outreach.tickets.queries import PURPOSE

_ELSEWHERE = Outcome(ScanClass.UNKNOWN)


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


class StoredScan(msgspec.Struct, frozen=True):
    """What became of one scan of an upload: stored with its outcome, or malformed."""

    scan_id: str
    outcome: Outcome | None = None
    reason: UnknownReason | None = None
    is_replaced: bool = False
    fault: BadScan | None = None


@dataclass(frozen=True)
class _Known:
    """The phone of an upload and the tickets it concerns, held; the one ticket's facts where they are known already."""

    device: Device
    tickets: list[TicketRow]
    facts: list[Fact] | None = None


class RehearsingError(Exception):
    """The upload is of a phone that rehearses: `device`. Nothing of it is stored here."""

    def __init__(self, device: Device) -> None:
        super().__init__()
        self.device = device


@dataclass(frozen=True)
class StoredUpload:
    """What became of an upload, scan by scan in the order sent, and the clashes that its tickets are in."""

    scans: Sequence[StoredScan]
    clashes: Sequence[Clash]
    tickets: Sequence[TicketRow]
    is_rehearsal: bool = False


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


def store_scans(token_hash: str, upload: Upload, connection: Connection, *, now: datetime) -> StoredUpload:
    """Append the scans of a phone's upload, each once, and return what each means now.

    Of two doors at the same moment the second waits for the first's ticket row, so one is first and the other hears.
    The phone is known in the same statement as the ticket, since one admission is what the door waits for. Raises
    DeviceTokenError when the token is no phone's, RehearsingError when it is that of a rehearsal's.
    """
    reports = upload.each_once()
    pointers = {report.scan_id: pointer(report.ticket) for report in reports}
    known = _known(token_hash, pointers, now, connection)
    event_id = known.device.event_id
    found = found_of(event_id, pointers, known.tickets)
    rows = [fact_row(report, found[report.scan_id], known.device, upload.clock_utc, now) for report in reports]
    _join_what_is_taken_back(event_id, rows, connection)
    is_of_one_ticket = len(rows) == 1 and rows[0]["ticket_id"] is not None
    appended = ledger.append(event_id, rows, known=known.facts if is_of_one_ticket else None, connection=connection)
    tickets = [hit.ticket for hit in found.values() if hit.ticket]
    outcomes = fold(appended.facts, queries.standings(tickets)).outcomes
    clashing = clashes(appended.facts, outcomes)
    if any(scan_id not in outcomes for scan_id in found):
        outcomes = queries.merged(event_id, connection).outcomes  # told otherwise before: what was told first stands
    note_upload(known.device, upload, now, connection)
    stored = (stored_scan(scan, found, outcomes) for scan in upload.scans)
    return StoredUpload([_as_told(scan, appended.new_ids, clashing) for scan in stored], clashing, tickets)


def _known(token_hash: str, pointers: dict[str, Pointer], now: datetime, connection: Connection) -> _Known:
    wanted = list(pointers.values())
    if len(wanted) == 1 and wanted[0].reason is None:
        admission = queries.admission(token_hash, now, wanted=wanted[0], connection=connection)
        if admission:
            return _Known(admission.device, [admission.ticket], admission.facts)
    device = queries.device_by_token_hash(token_hash, now, connection)
    if device is None:
        raise DeviceTokenError
    if device.is_rehearsal:
        raise RehearsingError(device)
    ids = {one.ticket_id for one in wanted if one.ticket_id is not None}
    selectors = {one.selector for one in wanted if one.selector}
    return _Known(device, hold_tickets(ids=ids, selectors=selectors, connection=connection))


def code_of(selector: str, generation: int) -> str:
    """Return the whole ticket code of `selector`, ungrouped."""
    return compute(TICKET, selector, key_ring().link_mac(PURPOSE, selector, generation))


def found_of(
    event_id: int,
    pointers: dict[str, Pointer],
    tickets: Iterable[TicketRow],
    code_of: Callable[[str, int], str] = code_of,
) -> dict[str, Found]:
    """Return what each scan's text is the code of, by scan id."""
    rows = list(tickets)
    by_id, by_selector = {row.id: row for row in rows}, {row.selector: row for row in rows}
    return {
        scan_id: match(wanted, event_id=event_id, by_id=by_id, by_selector=by_selector, code_of=code_of)
        for scan_id, wanted in pointers.items()
    }


def fact_row(report: ScanReport, found: Found, device: Device, clock_utc: datetime, now: datetime) -> dict[str, Any]:
    """Return the row of a scan, at the phone's time corrected by its clock."""
    return {
        "scan_id": report.scan_id,
        "event_id": device.event_id,
        "device_id": device.id,
        "door": report.door or device.door,
        "counter": report.counter,
        "ticket_id": found.ticket.id if found.ticket else None,
        "ticket_hash": "" if found.ticket else _hash_without_ticket(report.ticket, device.id),
        "ticket_generation": found.generation,
        "kind": report.kind.value,
        "persons": report.persons,
        "phone_at_utc": report.phone_at_utc,
        "at_utc": report.phone_at_utc + (now - clock_utc),
        "received_at_utc": now,
        "phone_verdict": report.light,
        "roster_version": report.roster_version,
        "undoes": report.undoes,
    }


def _join_what_is_taken_back(event_id: int, rows: list[dict[str, Any]], connection: Connection) -> None:
    """Fold an undo without a ticket with the scan it names, which may have come before the phone was paired anew."""
    nameless = [row for row in rows if row["kind"] == ScanKind.UNDO.value and row["ticket_id"] is None]
    hashes = hashes_without_ticket(event_id, {row["undoes"] for row in nameless}, connection)
    for row in nameless:
        row["ticket_hash"] = hashes.get(row["undoes"], row["ticket_hash"])


def _hash_without_ticket(text: str, device_id: int) -> str:
    """Return what tells unknown codes apart without keeping them; guests without any code are grouped by phone."""
    return key_ring().keyed_hash("scanned-code", text) if text else f"device:{device_id}"


def stored_scan(scan: ScanReport | BadScan, found: dict[str, Found], outcomes: dict[str, Outcome]) -> StoredScan:
    """Return what became of one scan of an upload; one kept at another event need not be sent again."""
    if isinstance(scan, BadScan):
        return StoredScan(scan.scan_id, fault=scan)
    hit = found[scan.scan_id]
    is_replaced = hit.ticket is not None and hit.generation < hit.ticket.generation
    return StoredScan(scan.scan_id, outcomes.get(scan.scan_id, _ELSEWHERE), hit.reason, is_replaced)


def _as_told(scan: StoredScan, new_ids: set[str], clashing: Sequence[Clash]) -> StoredScan:
    if scan.outcome is None or not clashing:
        return scan
    is_new = scan.scan_id in new_ids
    return msgspec.structs.replace(
        scan, outcome=told(scan.outcome, scan_id=scan.scan_id, is_new=is_new, found=clashing)
    )
