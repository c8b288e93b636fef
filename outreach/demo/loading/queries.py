"""What loading the demo asks of the database."""

from sqlalchemy import select

from outreach.accounts.models import StaffUser
from outreach.contact_point.models import SignUpRequest
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.people.models import Person
from outreach.register.models import RegisterImport
from outreach.rsvp.models import Rsvp
from outreach.tickets.models import Ticket


def is_empty() -> bool:
    """Say whether nobody has begun to use this database."""
    return not any(
        db.session.scalar(select(table.id).order_by(table.id).limit(1)) for table in (StaffUser, RegisterImport, Event)
    )


def invitations(event_id: int) -> list[Invitation]:
    """Return the event's invitations in an order that is the same for the same data."""
    wanted = select(Invitation).where(Invitation.event_id == event_id)
    return list(db.session.scalars(wanted.order_by(Invitation.selector)))


def young(first_year: int, last_year: int, *, limit: int) -> list[Person]:
    """Return some of those born in these years, both included, in an order that is the same for the same data."""
    wanted = select(Person).where(Person.birth_year.between(first_year, last_year), Person.is_resident)
    return list(db.session.scalars(wanted.order_by(Person.birth_year, Person.weak_hash).limit(limit)))


def waiting_sign_ups() -> list[SignUpRequest]:
    """Return the sign-ups that wait to be confirmed."""
    return list(db.session.scalars(select(SignUpRequest).order_by(SignUpRequest.id)))


def guests_with_email(event_id: int, *, limit: int) -> list[Rsvp]:
    """Return some answers of those who come and left an e-mail address."""
    wanted = select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.state == "attending", Rsvp.email_sealed.is_not(None))
    return list(db.session.scalars(wanted.order_by(Rsvp.answered_at_utc, Rsvp.id).limit(limit)))


def tickets(event_id: int) -> list[Ticket]:
    """Return the event's valid tickets."""
    wanted = select(Ticket).where(Ticket.event_id == event_id, Ticket.state == "valid")
    return list(db.session.scalars(wanted.order_by(Ticket.selector)))
