"""Puts together what rehearsing phones fetch: the evening's choices, with made-up guests; each with its version."""

from datetime import datetime
from typing import Any

from outreach.checkin.choices.queries import choices_of
from outreach.checkin.door_feed import version_text
from outreach.checkin.in_charge.in_charge import in_charge_json
from outreach.checkin.in_charge.queries import in_charge_of
from outreach.checkin.names.name_index import NamedTicket
from outreach.checkin.names.service import NoNamesError, sealed_by_pin
from outreach.checkin.phones.service import roster_salt
from outreach.checkin.rehearsal import feed, guests, queries
from outreach.checkin.rehearsal.service import code_of, crowd_of
from outreach.checkin.roster import entry_id
from outreach.checkin.scan_ticket import reference

_WHEELCHAIR = {"w": "wheelchair"}


def versions(event_id: int) -> dict[str, str]:
    """Return the version of each answer, named as in `changes`. None is one of the evening's."""
    choices = choices_of(event_id)
    newest, count = queries.version_parts(event_id)
    fixed = f"r-{choices.revision}"
    return {
        "version": f"{fixed}-{choices.in_charge_revision}-{version_text(newest, count)}",
        "roster_version": fixed,
        "names_version": f"n{fixed}" if choices.has_names else "",
    }


def roster(event_id: int, version: str) -> dict[str, Any]:
    """Return the sealed list of made-up guests."""
    salt = roster_salt(event_id)
    return feed.roster(guests.rows(event_id), version=version, salt=salt, code_of=code_of, needs=_needs(event_id))


def names(event_id: int, version: str) -> dict[str, Any]:
    """Return the made-up names, sealed by the evening's own PIN. Raises NoNamesError."""
    choices = choices_of(event_id)
    if not choices.has_names:
        raise NoNamesError
    needs, salt = _needs(event_id), roster_salt(event_id)
    called = {guest.number: guest.name for guest in guests.GUESTS}
    named = [
        NamedTicket(
            names=(called[row.id],),
            entry=entry_id(code_of(row.selector, row.generation), salt),
            reference=reference(row.id, row.generation),
            persons=row.persons,
            needs=needs.get(row.id, ""),
        )
        for row in guests.rows(event_id)
        if row.is_valid
    ]
    return sealed_by_pin(event_id, choices, named, version=version)


def changes(event_id: int, told: dict[str, str], *, now: datetime) -> dict[str, Any]:
    """Return who is in at the rehearsal, with the versions `told`, and who is in charge: that is the evening's own."""
    changes = feed.changes(crowd_of(event_id), told, salt=roster_salt(event_id), code_of=code_of, now=now)
    return {**changes, "in_charge": in_charge_json(in_charge_of(event_id))}


def _needs(event_id: int) -> dict[int, str]:
    told = choices_of(event_id).told_needs
    return guests.needs_of({letter: kind for letter, kind in _WHEELCHAIR.items() if kind in told})
