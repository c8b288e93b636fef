"""Reads who is in charge of an event's doors."""

from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.models import ChosenForDoors
from outreach.database import db


def in_charge_of(event_id: int) -> InCharge:
    """Return who is in charge of the event's doors this evening."""
    row = db.session.get(ChosenForDoors, event_id)
    return InCharge(row.in_charge_name or "", row.in_charge_phone or "") if row else InCharge()
