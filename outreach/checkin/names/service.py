"""Puts the sealed names together for phones, and tells staff the PIN that opens them. Writes nothing."""

from collections.abc import Iterable
from typing import Any

from flask import current_app

from outreach.checkin.choices.door_choices import DoorChoices
from outreach.checkin.choices.queries import choices_of, needs_by_ticket
from outreach.checkin.names.name_index import NamedTicket, Party, names_for_door, sealed_index
from outreach.checkin.names.queries import parties
from outreach.checkin.names.shift_pin import SALT_BYTES, STRETCHED, key_of, shift_pin
from outreach.checkin.roster import encoded, entry_id
from outreach.checkin.scan_ticket import reference
from outreach.database.sealed import key_ring
from outreach.errors import N_, NotFoundError
from outreach.events import queries as events
from outreach.tickets.queries import ticket_code

_KEPT = "treffpunkt.checkin.names"


class NoNamesError(NotFoundError):
    """The organiser has not chosen that names can be searched at this event's doors."""

    message = N_("Navnesøk er ikke slått på for dette arrangementet.")


def pin_of(event_id: int, choices: DoorChoices) -> str:
    """Return the PIN of the event's shift, computed, never stored."""
    return shift_pin(key_ring().link_mac("door pin", str(event_id), choices.pin_generation))


def index(event_id: int, *, version: str, salt: bytes) -> dict[str, Any]:
    """Return the sealed names as phones fetch them; `salt` is the roster's. Raises NoNamesError.

    What was sealed last is kept in this process until there is another `version`, since every phone asks for the same.
    """
    choices = choices_of(event_id)
    if not choices.has_names:
        raise NoNamesError
    kept: dict[int, dict[str, Any]] = current_app.extensions.setdefault(_KEPT, {})
    if kept.get(event_id, {}).get("version") != version:
        kept.clear()
        kept[event_id] = _made(event_id, choices, version=version, salt=salt)
    return kept[event_id]


def _made(event_id: int, choices: DoorChoices, *, version: str, salt: bytes) -> dict[str, Any]:
    year = events.by_id(event_id).starts_at_utc.year
    needs = needs_by_ticket(event_id, choices.told_needs)
    named = [_named(party, salt, needs.get(party.ticket_id, "")) for party in parties(event_id, year=year)]
    return sealed_by_pin(event_id, choices, named, version=version)


def sealed_by_pin(event_id: int, choices: DoorChoices, named: Iterable[NamedTicket], *, version: str) -> dict[str, Any]:
    """Return `named` sealed by the PIN of the event's shift, as phones fetch it."""
    pin_salt = key_ring().link_mac("door pin salt", str(event_id), choices.pin_generation)[:SALT_BYTES]
    return {
        "version": version,
        "salt": encoded(pin_salt),
        "iterations": STRETCHED,
        "sealed": sealed_index(named, key_of(pin_of(event_id, choices), pin_salt)),
    }


def _named(party: Party, salt: bytes, needs: str) -> NamedTicket:
    return NamedTicket(
        names=names_for_door(party.comers),
        entry=entry_id(ticket_code(party.selector, party.generation), salt),
        reference=reference(party.ticket_id, party.generation),
        persons=party.persons,
        needs=needs,
    )
