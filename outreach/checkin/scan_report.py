"""Reads what a phone sends: one upload of scans, checked field by field. In: parsed JSON. Out: values, or the fault.

The server never rejects a well-formed scan (promises.md 3), so this checks shape only: what it means is judged later.
One malformed scan does not stop the others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from outreach.checkin.admission import ScanKind
from outreach.errors import N_, OutreachError

MOST_SCANS = 500
_SCAN_ID = re.compile(r"[0-9a-f]{32}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_PERSONS = 500
_MOST_COUNTER = 2**31 - 1
_MOST_TICKET_CHARACTERS = 300
_YEARS = range(2000, 2100)
_KINDS = {kind.value: kind for kind in ScanKind}


class MalformedScanError(OutreachError):
    """One scan cannot be read, so it is named in the answer and not stored."""

    message = N_("Skanningen kan ikke leses: feltet %(field)s er feil.")


class MalformedUploadError(OutreachError):
    """The upload as a whole cannot be read."""

    message = N_("Opplastingen kan ikke leses: feltet %(field)s mangler eller er feil.")


class TooManyScansError(OutreachError):
    """A batch is bounded so that one phone never holds up the others."""

    message = N_("Send høyst %(most)s skanninger om gangen.")
    http_status = 413


class ScanReport(NamedTuple):
    """One scan as the phone tells it. `phone_at_utc` is the phone's own clock; `door` empty: the phone's own door."""

    scan_id: str
    counter: int
    ticket: str
    kind: ScanKind
    persons: int
    phone_at_utc: datetime
    light: str
    roster_version: str
    door: str
    undoes: str


@dataclass(frozen=True)
class BadScan:
    """A scan that could not be read. `scan_id` is echoed as sent, empty when there was none."""

    scan_id: str
    fault: MalformedScanError


@dataclass(frozen=True)
class Upload:
    """One upload: the phone's clock at sending, and its scans in the order sent."""

    clock_utc: datetime
    scans: Sequence[ScanReport | BadScan]

    def each_once(self) -> list[ScanReport]:
        """Return the readable scans; of two with the same id in one upload the first stands."""
        by_id: dict[str, ScanReport] = {}
        for scan in self.scans:
            if isinstance(scan, ScanReport):
                by_id.setdefault(scan.scan_id, scan)
        return list(by_id.values())


def read_upload(body: Any) -> Upload:
    """Return the upload in `body`. Raises MalformedUploadError or TooManyScansError for a fault of the whole."""
    if not isinstance(body, dict):
        raise MalformedUploadError(field="clock_utc")
    scans = body.get("scans")
    if not isinstance(scans, list):
        raise MalformedUploadError(field="scans")
    if len(scans) > MOST_SCANS:
        raise TooManyScansError(most=MOST_SCANS)
    return Upload(clock_utc=read_clock(body), scans=[_scan_or_fault(raw) for raw in scans])


def read_clock(body: dict[str, Any]) -> datetime:
    """Return the phone's clock of `body`. Raises MalformedUploadError."""
    moment = _moment(body.get("clock_utc"))
    if moment is None:
        raise MalformedUploadError(field="clock_utc")
    return moment


def _scan_or_fault(raw: Any) -> ScanReport | BadScan:
    try:
        return read_scan(raw)
    except MalformedScanError as fault:
        scan_id = raw.get("scan_id") if isinstance(raw, dict) else None
        return BadScan(scan_id=scan_id[:64] if isinstance(scan_id, str) else "", fault=fault)


def read_scan(raw: Any) -> ScanReport:
    """Return the scan in `raw`. Raises MalformedScanError naming the first field that is wrong."""
    if not isinstance(raw, dict):
        raise MalformedScanError(field="scans")
    at = _moment(raw.get("scanned_at_utc"))
    if at is None:
        raise MalformedScanError(field="scanned_at_utc")
    kind = _text(raw, "kind", 10)
    if kind not in _KINDS:
        raise MalformedScanError(field="kind")
    return ScanReport(
        scan_id=_scan_id(raw, "scan_id"),
        counter=_whole(raw, "counter", 0, _MOST_COUNTER),
        ticket=_text(raw, "ticket", _MOST_TICKET_CHARACTERS, default=""),
        kind=_KINDS[kind],
        persons=_whole(raw, "persons", 1, _MOST_PERSONS),
        phone_at_utc=at,
        light=_text(raw, "verdict", 10, default=""),
        roster_version=_text(raw, "roster_version", 40, default=""),
        door=_text(raw, "door", 40, default=""),
        undoes=_scan_id(raw, "undoes") if raw.get("undoes") else "",
    )


def _scan_id(raw: dict[str, Any], field: str) -> str:
    value = _text(raw, field, 40)
    if not _SCAN_ID.fullmatch(value):
        value = value.replace("-", "").lower()
    if not _SCAN_ID.fullmatch(value):
        raise MalformedScanError(field=field)
    return value


def _text(raw: dict[str, Any], field: str, most: int, *, default: str | None = None) -> str:
    value = raw.get(field)
    if value is None and default is not None:
        return default
    if isinstance(value, str) and len(value) <= most and value.isascii() and value.isprintable():
        return value
    if not isinstance(value, str) or len(value) > most or _CONTROL.search(value):
        raise MalformedScanError(field=field)
    # JSON can carry half a surrogate pair, which no database takes.
    return value.encode("utf-8", "replace").decode()


def _whole(raw: dict[str, Any], field: str, default: int, most: int) -> int:
    value = raw.get(field)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise MalformedScanError(field=field)
    return value


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware if aware.year in _YEARS else None
