"""Puts together what phones fetch each second: cheap when nothing has changed, and the same for every phone.

Who is in is kept in this process (crowd/), and so is the whole list as it is sent, so that many phones cost little more
than one. Nothing is written.
"""

import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import current_app

from outreach.checkin import queries
from outreach.checkin.choices.queries import choices_of, needs_by_ticket
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.door_feed import (
    admissions_json,
    clashes_json,
    entries_json,
    headcount_json,
    moment_of_version,
    utc_text,
    version_text,
)
from outreach.checkin.evening.desk import free_places
from outreach.checkin.in_charge.in_charge import in_charge_json
from outreach.checkin.in_charge.queries import in_charge_of
from outreach.checkin.phones.queries import EventMark
from outreach.checkin.roster import encoded, entry_id, roster_tickets, sealed_roster
from outreach.checkin.scan_ticket import TicketRow
from outreach.checkin.service import code_of
from outreach.database.sealed import key_ring

_REMEMBERED = "treffpunkt.checkin.rosters"
_MOST_EVENTS = 4


def roster_version(mark: EventMark) -> str:
    """Return the version of the guest list at `mark`."""
    return version_text(mark.newest_ticket_utc, mark.ticket_count, mark.version_sum, mark.revision)


def names_version(mark: EventMark) -> str:
    """Return the version of the names at `mark`, "" when phones shall have none."""
    return f"n-{roster_version(mark)}" if mark.has_names else ""


def changes_version(mark: EventMark) -> str:
    """Return the version of all that phones are told at `mark`."""
    newest = max(filter(None, (mark.newest_ticket_utc, mark.newest_scan_utc)), default=None)
    counts = mark.scan_count, mark.ticket_count, mark.version_sum, mark.capacity or 0
    return version_text(newest, *counts, mark.in_charge_revision, mark.revision)


def packed_roster(event_id: int, mark: EventMark, *, since: str) -> bytes:
    """Return the sealed guest list as JSON, gzip, or what of it has changed after version `since`.

    The whole list is made once for each of its versions: thousands of lines take a second to seal.
    """
    if _known_since(since, mark) is not None:
        return _packed(roster(event_id, mark, since=since))
    remembered: dict[int, tuple[str, bytes]] = current_app.extensions.setdefault(_REMEMBERED, {})
    version, body = remembered.get(event_id, ("", b""))
    if version != roster_version(mark):
        version, body = roster_version(mark), _packed(roster(event_id, mark, since=since))
        if len(remembered) >= _MOST_EVENTS:
            remembered.clear()
        remembered[event_id] = version, body
    return body


def _packed(told: dict[str, Any]) -> bytes:
    return gzip.compress(current_app.json.dumps(told, separators=(",", ":")).encode(), 6, mtime=0)


def roster(event_id: int, mark: EventMark, *, since: str) -> dict[str, Any]:
    """Return the sealed guest list, or what of it has changed after version `since`."""
    salt, after = roster_salt(event_id), _known_since(since, mark)
    return {
        "version": roster_version(mark),
        "salt": encoded(salt),
        "full": after is None,
        "entries": _entries(event_id, queries.tickets(event_id, since=after), salt),
    }


def changes(event_id: int, mark: EventMark, *, since: str, now: datetime) -> dict[str, Any]:
    """Return what changed after version `since` (all when it is none of ours), and the headcount and clashes now."""
    crowd, salt, after = crowd_of(event_id, mark), roster_salt(event_id), _known_since(since, mark)
    altered = [row for row in crowd.tickets.values() if after is None or row.changed_at_utc >= after]
    scanned = crowd.groups.keys() if after is None else queries.groups_scanned_since(event_id, after)
    entry_of = {group: _entry(crowd.tickets[group], salt) for group in scanned if group in crowd.tickets}
    return {
        "version": changes_version(mark),
        "roster_version": roster_version(mark),
        "names_version": names_version(mark),
        "server_utc": utc_text(now),
        "full": after is None,
        "answers": _entries(event_id, altered, salt) if after and altered else [],
        "revocations": sorted(_entry(row, salt) for row in altered if not row.is_valid),
        "admissions": admissions_json(crowd.groups, entry_of),
        "clashes": clashes_json(crowd.clashes, crowd.tickets.values(), code_of),
        "headcount": headcount_json(crowd.headcount(queries.doors(event_id))),
        "places": {"free": free_places(mark.capacity, on_tickets=crowd.persons_on_tickets, walked_in=crowd.walked_in)},
        "in_charge": in_charge_json(in_charge_of(event_id)),
    }


def roster_salt(event_id: int) -> bytes:
    """Return the event's salt, 32 bytes: two events' rosters have no id in common."""
    return key_ring().link_mac("roster", str(event_id), 1)


def _known_since(version: str, mark: EventMark) -> datetime | None:
    """Return from when on a phone that has `version` must be told; None: all, also when something else was chosen."""
    is_of_same_choices = version.rpartition("-")[2] == str(mark.revision)
    return moment_of_version(version) if is_of_same_choices else None


def _entries(event_id: int, tickets: Iterable[TicketRow], salt: bytes) -> list[dict[str, str]]:
    needs = needs_by_ticket(event_id, choices_of(event_id).told_needs)
    return entries_json(sealed_roster(roster_tickets(tickets, code_of=code_of, needs=needs), salt))


def _entry(ticket: TicketRow, salt: bytes) -> str:
    return entry_id(code_of(ticket.selector, ticket.generation), salt)
