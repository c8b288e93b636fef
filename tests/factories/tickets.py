"""Tickets of households that said yes."""

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.tickets import service
from outreach.tickets.models import Ticket
from tests.factories.rsvp import make_household


def make_ticket(event: Event, *, persons: int = 2) -> Ticket:
    """Return a committed, valid ticket of a new household."""
    ticket_id = service.issue(make_household(event), persons=persons, now=clock.now_utc())
    db.session.commit()
    return db.session.get_one(Ticket, ticket_id)
