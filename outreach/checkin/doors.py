"""The doors of an event as the door lead sees them. In: links and phones. Out: doors with their phones and states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from outreach.checkin.pairing import CLOCK_WARNING_SECONDS

# Phones are noted twice a minute.
_SILENT_AFTER = timedelta(minutes=2)


class Link(Protocol):
    """A pairing link of one shift."""

    id: int
    door: str
    expires_at_utc: datetime
    is_revoked: bool


class Phone(Protocol):
    """A paired phone."""

    id: int
    pairing_id: int
    name: str
    last_seen_at_utc: datetime
    expires_at_utc: datetime
    clock_offset_ms: int
    waiting_scans: int
    is_revoked: bool


@dataclass(frozen=True)
class DoorPhone:
    """One phone: whether it may scan, when it was last heard of, what it delivered, how wrong its clock is.

    `is_silent`: it was not heard of lately, or may not tell any more, so `waiting_scans` is only what it told last.
    """

    id: int
    name: str
    is_open: bool
    is_silent: bool
    last_seen_at_utc: datetime
    scan_count: int
    waiting_scans: int
    clock_wrong_minutes: int


@dataclass(frozen=True)
class DoorShift:
    """One pairing link with its phones. `is_open`: phones can still be paired by it."""

    id: int
    door: str
    is_open: bool
    is_closed_by_hand: bool
    expires_at_utc: datetime
    phones: tuple[DoorPhone, ...]


def door_list(
    links: Iterable[Link], phones: Iterable[Phone], scan_counts: Mapping[int, int], *, now: datetime
) -> list[DoorShift]:
    """Return the shifts in the order of `links`, each with its phones in the order of `phones`."""
    by_link: dict[int, list[DoorPhone]] = {}
    for phone in phones:
        by_link.setdefault(phone.pairing_id, []).append(_phone(phone, scan_counts.get(phone.id, 0), now))
    return [
        DoorShift(
            id=link.id,
            door=link.door,
            is_open=not link.is_revoked and link.expires_at_utc > now,
            is_closed_by_hand=link.is_revoked,
            expires_at_utc=link.expires_at_utc,
            phones=tuple(by_link.get(link.id, ())),
        )
        for link in links
    ]


def _phone(phone: Phone, scan_count: int, now: datetime) -> DoorPhone:
    wrong_seconds = abs(phone.clock_offset_ms) // 1000
    is_open = not phone.is_revoked and phone.expires_at_utc > now
    return DoorPhone(
        id=phone.id,
        name=phone.name,
        is_open=is_open,
        is_silent=not is_open or now - phone.last_seen_at_utc > _SILENT_AFTER,
        last_seen_at_utc=phone.last_seen_at_utc,
        scan_count=scan_count,
        waiting_scans=phone.waiting_scans,
        clock_wrong_minutes=max(1, wrong_seconds // 60) if wrong_seconds > CLOCK_WARNING_SECONDS else 0,
    )
