"""Reads what a phone sends: one upload of scans, checked field by field. In: parsed JSON. Out: values, or the fault.

The server never rejects a well-formed scan (promises.md 3), so this checks shape only: what it means is judged later.
One malformed scan does not stop the others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from outreach.checkin.admission import ScanKind
from outreach.errors import N_, OutreachError

MOST_SCANS = 500
_SCAN_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_PERSONS = 500
_MOST_COUNTER = 2**31 - 1
_MOST_WAITING = 100_000
_YEARS = range(2000, 2100)
_FIELD = re.compile(r"`\$\.(\w+)|required field `(\w+)")
_Short = Annotated[str, msgspec.Meta(max_length=40)]


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


class ScanReport(msgspec.Struct, frozen=True):
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


class _Sent(msgspec.Struct, frozen=True):
    """A scan as it travels: the type of each field and how much it may hold. None is as not sent."""

    scan_id: _Short
    kind: ScanKind
    scanned_at_utc: _Short
    counter: Annotated[int, msgspec.Meta(ge=0, le=_MOST_COUNTER)] | None = None
    ticket: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    persons: Annotated[int, msgspec.Meta(ge=0, le=_MOST_PERSONS)] | None = None
    verdict: Annotated[str, msgspec.Meta(max_length=10)] | None = None
    roster_version: _Short | None = None
    door: _Short | None = None
    undoes: _Short | None = None


@dataclass(frozen=True)
class BadScan:
    """A scan that could not be read. `scan_id` is echoed as sent, empty when there was none."""

    scan_id: str
    fault: MalformedScanError


@dataclass(frozen=True)
class Upload:
    """One upload: the phone's clock at sending, its scans in the order sent, and how many wait besides, if it told."""

    clock_utc: datetime
    scans: Sequence[ScanReport | BadScan]
    waiting: int | None = None

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
    return Upload(read_clock(body), [_scan_or_fault(raw) for raw in scans], read_waiting(body.get("waiting")))


def read_waiting(told: Any) -> int | None:
    """Return how many scans wait on the phone; None for what is no such number, since no scan is lost over it."""
    if isinstance(told, str):
        told = int(told) if _NUMBER.fullmatch(told) else None
    return told if type(told) is int and 0 <= told <= _MOST_WAITING else None


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
    try:
        sent = msgspec.convert(raw, _Sent)
    except msgspec.ValidationError as fault:
        named = _FIELD.search(str(fault))
        raise MalformedScanError(field=(named[1] or named[2]) if named else "scans") from None
    at = _moment(sent.scanned_at_utc)
    if at is None:
        raise MalformedScanError(field="scanned_at_utc")
    return ScanReport(
        scan_id=_scan_id(sent.scan_id, "scan_id"),
        counter=sent.counter or 0,
        ticket=_text(sent.ticket, "ticket"),
        kind=sent.kind,
        persons=1 if sent.persons is None else sent.persons,
        phone_at_utc=at,
        light=_text(sent.verdict, "verdict"),
        roster_version=_text(sent.roster_version, "roster_version"),
        door=_text(sent.door, "door"),
        undoes=_scan_id(sent.undoes, "undoes") if sent.undoes else "",
    )


def _scan_id(value: str, field: str) -> str:
    plain = value.replace("-", "").lower()
    if not _SCAN_ID.fullmatch(plain):
        raise MalformedScanError(field=field)
    return plain


def _text(value: str | None, field: str) -> str:
    if value is None:
        return ""
    if value.isascii() and value.isprintable():
        return value
    if _CONTROL.search(value):
        raise MalformedScanError(field=field)
    # JSON can carry half a surrogate pair, which no database takes.
    return value.encode("utf-8", "replace").decode()


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware if aware.year in _YEARS else None
