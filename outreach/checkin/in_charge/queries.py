"""Reads who is in charge of an event's doors."""

from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.models import ChosenForDoors
from outreach.database import db


def in_charge_of(event_id: int) -> InCharge:
    """Return who is in charge of the event's doors this evening."""
    row = db.session.get(ChosenForDoors, event_id)
    return in_charge_in(row) if row else InCharge()


def in_charge_in(row: ChosenForDoors) -> InCharge:
    """Return who is in charge by what was chosen for an event's doors."""
    return InCharge(row.in_charge_name or "", row.in_charge_phone or "")
