"""Reads what was chosen for an event's doors."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from outreach.checkin.choices.door_choices import DoorChoices, needs_of
from outreach.checkin.models import ChosenForDoors
from outreach.database import db
from outreach.rsvp.models import Need, Rsvp
from outreach.tickets.models import Ticket


def choices_of(event_id: int) -> DoorChoices:
    """Return what was chosen for the event's doors; the defaults when nobody has chosen."""
    row = db.session.get(ChosenForDoors, event_id)
    if row is None:
        return DoorChoices()
    needs = needs_of(row.told_needs)
    return DoorChoices(row.has_names, row.pin_generation, needs, row.revision, row.in_charge_revision)


def needs_by_ticket(event_id: int, kinds: Sequence[str]) -> dict[int, str]:
    """Return what the door is told of each party that needs something of `kinds`: a letter a need, in that order."""
    if not kinds:
        return {}
    rows = db.session.execute(
        select(Ticket.id, Need.kind)
        .join(Rsvp, Rsvp.invitation_id == Ticket.invitation_id)
        .join(Need, Need.rsvp_id == Rsvp.id)
        .where(Ticket.event_id == event_id, Need.kind.in_(kinds))
        .order_by(Ticket.id, Need.kind)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for ticket_id, kind in rows:
        found[ticket_id].add(kind)
    return {ticket_id: "".join(kind[0] for kind in kinds if kind in needed) for ticket_id, needed in found.items()}


def chosen_row(event_id: int) -> ChosenForDoors | None:
    """Return the event's row, held until the transaction ends, or None when nobody has chosen."""
    return db.session.scalar(select(ChosenForDoors).where(ChosenForDoors.event_id == event_id).with_for_update())
