"""Stores what phones scanned. Scans are facts: each is stored once, by its own id, whatever it says; what it means is
folded from all facts after."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from outreach.checkin import queries
from outreach.checkin.admission import ScanClass, ScanKind, UnknownReason
from outreach.checkin.contact.service import note_upload
from outreach.checkin.headcount import Clash, clashes, told
from outreach.checkin.ledger import service as ledger
from outreach.checkin.ledger.one_scan import service as one_scan
from outreach.checkin.ledger.queries import hashes_without_ticket, hold_tickets
from outreach.checkin.ledger.service import Appended
from outreach.checkin.pairing import DeviceTokenError
from outreach.checkin.queries import Device
from outreach.checkin.scan_merge import Fact, Outcome, fold
from outreach.checkin.scan_report import BadScan, ScanReport, Upload
from outreach.checkin.scan_ticket import Found, Pointer, TicketRow, generation_of, match, pointer
from outreach.checkin.service import code_of
from outreach.database.sealed import key_ring

_ELSEWHERE = Outcome(ScanClass.UNKNOWN)
_NOTHING = Pointer(reason=UnknownReason.NEVER_OURS)
# Of a code the generation is known before its ticket is, by trying: few tickets are replaced more often.
_FIRST = (1, 2, 3)


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


def store_alone(token_hash: str, upload: Upload, connection: Connection, *, now: datetime) -> StoredUpload | None:
    """Do what `store_scans` does in one statement, which is a transaction of its own (PostgreSQL).

    None when nothing is stored: the upload is not one scan of a ticket of the phone's event, by a code that is among
    the first of its ticket. Then see what it is.
    """
    reports = upload.each_once()
    wanted = pointer(reports[0].ticket) if len(reports) == 1 else _NOTHING
    generation = wanted.generation or (0 if wanted.reason else generation_of(wanted, _FIRST, code_of=code_of))
    if not generation:
        return None
    scan = {**_told_by_phone(reports[0], upload.clock_utc, now), "ticket_generation": generation}
    kept = one_scan.store(token_hash, now, scan, wanted=wanted, connection=connection)
    if kept is None:
        return None
    found = {reports[0].scan_id: Found(kept.ticket, generation)}
    appended = Appended(kept.facts, {reports[0].scan_id} if kept.is_new else set())
    return _answer(kept.device, upload, found, appended, now, connection)


def store_scans(token_hash: str, upload: Upload, connection: Connection, *, now: datetime) -> StoredUpload:
    """Append the scans of a phone's upload, each once, and return what each means now.

    Of two doors at the same moment the second waits for the first's ticket row, so one is first and the other hears.
    Raises DeviceTokenError when the token is no phone's, RehearsingError when it is that of a rehearsal's.
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
    return _answer(known.device, upload, found, appended, now, connection)


def _answer(
    device: Device,
    upload: Upload,
    found: dict[str, Found],
    appended: Appended,
    now: datetime,
    connection: Connection,
) -> StoredUpload:
    """Return what the scans of `upload` mean now that they are stored, and note how the phone does."""
    tickets = [hit.ticket for hit in found.values() if hit.ticket]
    outcomes = fold(appended.facts, queries.standings(tickets)).outcomes
    clashing = clashes(appended.facts, outcomes)
    if any(scan_id not in outcomes for scan_id in found):
        outcomes = queries.merged(device.event_id, connection).outcomes  # told before: what was told first stands
    note_upload(device, upload, now, connection)
    stored = (stored_scan(scan, found, outcomes) for scan in upload.scans)
    return StoredUpload([_as_told(scan, appended.new_ids, clashing) for scan in stored], clashing, tickets)


def _known(token_hash: str, pointers: dict[str, Pointer], now: datetime, connection: Connection) -> _Known:
    wanted = list(pointers.values())
    if len(wanted) == 1 and wanted[0].reason is None and connection.dialect.name == "sqlite":
        admission = one_scan.find(token_hash, now, wanted=wanted[0], connection=connection)
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
        **_told_by_phone(report, clock_utc, now),
        "event_id": device.event_id,
        "device_id": device.id,
        "door": report.door or device.door,
        "ticket_id": found.ticket.id if found.ticket else None,
        "ticket_hash": "" if found.ticket else _hash_without_ticket(report.ticket, device.id),
        "ticket_generation": found.generation,
    }


def _told_by_phone(report: ScanReport, clock_utc: datetime, now: datetime) -> dict[str, Any]:
    return {
        "scan_id": report.scan_id,
        "door": report.door,
        "counter": report.counter,
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
