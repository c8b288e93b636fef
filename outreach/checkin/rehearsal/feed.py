"""What rehearsing phones are told, as JSON values like those of the evening. Pure: state in, dicts out.

A rehearsal is small, so it is told whole each time.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from outreach.checkin.crowd.crowd import Crowd
from outreach.checkin.door_feed import admissions_json, clashes_json, entries_json, headcount_json, utc_text
from outreach.checkin.rehearsal.guests import FREE_PLACES
from outreach.checkin.roster import encoded, entry_id, roster_tickets, sealed_roster
from outreach.checkin.scan_ticket import TicketRow

CodeOf = Callable[[str, int], str]


def roster(
    tickets: Iterable[TicketRow], *, version: str, salt: bytes, code_of: CodeOf, needs: Mapping[int, str]
) -> dict[str, Any]:
    """Return the sealed list of made-up guests."""
    entries = roster_tickets(tickets, code_of=code_of, needs=needs)
    return {
        "version": version,
        "salt": encoded(salt),
        "full": True,
        "entries": entries_json(sealed_roster(entries, salt)),
    }


def changes(
    crowd: Crowd, versions: Mapping[str, str], *, salt: bytes, code_of: CodeOf, now: datetime
) -> dict[str, Any]:
    """Return who is in, the clashes and the counts; `versions` are put in as they are."""
    entry_of = {group: entry_id(code_of(row.selector, row.generation), salt) for group, row in crowd.tickets.items()}
    return {
        **versions,
        "server_utc": utc_text(now),
        "full": True,
        "answers": [],
        "revocations": sorted(entry_of[row.group] for row in crowd.tickets.values() if not row.is_valid),
        "admissions": admissions_json(crowd.groups, entry_of),
        "clashes": clashes_json(crowd.clashes, crowd.tickets.values(), code_of),
        "headcount": headcount_json(crowd.headcount()),
        "places": {"free": max(0, FREE_PLACES - crowd.walked_in)},
    }
