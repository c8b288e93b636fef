"""Keeps the state of each evening in this process and takes in what happened since the last look. Writes nothing.

Only for reading: a state must never hold what a transaction stored and then took back. Whether it holds all there is
is checked by counting; when it does not, as after an erasure, everything is read again.
"""

from dataclasses import dataclass

from flask import current_app

from outreach.checkin import queries
from outreach.checkin.crowd.crowd import Crowd, with_more
from outreach.checkin.door_feed import OVERLAP
from outreach.checkin.phones.queries import EventMark
from outreach.checkin.phones.queries import mark as mark_of

_REMEMBERED = "treffpunkt.checkin.crowds"
_MOST_EVENTS = 8


@dataclass(frozen=True)
class _Kept:
    mark: EventMark
    crowd: Crowd


def crowd_of(event_id: int, mark: EventMark | None = None) -> Crowd:
    """Return who is in at the event now; `mark` is how much there is of it, when that has just been asked."""
    remembered: dict[int, _Kept] = current_app.extensions.setdefault(_REMEMBERED, {})
    now = mark or mark_of(event_id)
    kept = remembered.get(event_id)
    if kept is None or kept.mark != now:
        kept = _Kept(now, _renewed(event_id, kept, now))
        if len(remembered) >= _MOST_EVENTS:
            remembered.clear()
        remembered[event_id] = kept
    return kept.crowd


def _renewed(event_id: int, kept: _Kept | None, now: EventMark) -> Crowd:
    if kept and kept.mark.scan_count <= now.scan_count and kept.mark.ticket_count <= now.ticket_count:
        scans_since, tickets_since = kept.mark.newest_scan_utc, kept.mark.newest_ticket_utc
        facts = queries.facts(event_id, since=scans_since - OVERLAP if scans_since else None)
        tickets = queries.tickets(event_id, since=tickets_since - OVERLAP if tickets_since else None)
        crowd = with_more(kept.crowd, facts, tickets)
        if _holds_all(crowd, now):
            return crowd
    return with_more(Crowd(), queries.facts(event_id), queries.tickets(event_id))


def _holds_all(crowd: Crowd, now: EventMark) -> bool:
    versions = sum(row.version for row in crowd.tickets.values())
    return (crowd.scan_count, len(crowd.tickets), versions) == (now.scan_count, now.ticket_count, now.version_sum)
