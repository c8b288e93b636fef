"""Notes for the door lead's list when a phone was heard of, how its clock goes and how many scans wait on it.

Not at every call: phones call each second. `waiting` is what the phone told; None when it told nothing.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from outreach.checkin.models import DoorDevice
from outreach.checkin.queries import Device
from outreach.checkin.scan_report import Upload
from outreach.database import db

_EVERY = timedelta(seconds=30)
_OFFSET_WORTH_NOTING_MS = 500
_MOST_OFFSET_MS = 2**31 - 1


def is_due(device: Device, waiting: int | None, now: datetime) -> bool:
    """Say whether a call must be noted: it is a while since the last, or a queue has begun or ended."""
    is_other = waiting is not None and (waiting == 0) != (device.waiting_scans == 0)
    return is_other or now - device.last_seen_at_utc >= _EVERY


def note_contact(device_id: int, waiting: int | None, now: datetime) -> None:
    """Note a call that brings no scans."""
    db.session.execute(update(DoorDevice).where(DoorDevice.id == device_id).values(_noted(waiting, now)))


def note_upload(device: Device, upload: Upload, now: datetime, connection: Connection) -> None:
    """Note an upload and the clock, but not at every scan: one statement less where it counts."""
    offset = offset_ms(upload.clock_utc, now)
    is_known = abs(offset - device.clock_offset_ms) < _OFFSET_WORTH_NOTING_MS
    if is_known and not is_due(device, upload.waiting, now):
        return
    noted = {**_noted(upload.waiting, now), "clock_offset_ms": offset}
    connection.execute(update(DoorDevice).where(DoorDevice.id == device.id).values(noted))


def offset_ms(phone_utc: datetime, now: datetime) -> int:
    """Return server minus phone, as far as it can be kept."""
    offset = round((now - phone_utc).total_seconds() * 1000)
    return max(-_MOST_OFFSET_MS, min(_MOST_OFFSET_MS, offset))


def _noted(waiting: int | None, now: datetime) -> dict[str, Any]:
    return {"last_seen_at_utc": now} if waiting is None else {"last_seen_at_utc": now, "waiting_scans": waiting}
