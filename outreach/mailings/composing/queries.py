"""The invitation that a message is about, and the language its household reads."""

from sqlalchemy import func, select

from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.rsvp.models import Rsvp


def invitation_of(event_id: int, invitation_id: int) -> Invitation | None:
    """Return the invitation as it is in the database now, with its event; None when it asks to another event."""
    wanted = select(Invitation).where(Invitation.id == invitation_id, Invitation.event_id == event_id)
    found: Invitation | None = db.session.scalar(wanted.execution_options(populate_existing=True))
    return found


def event_of(invitation_id: int) -> int | None:
    """Return the event that the invitation asks to now: a household may have moved within a series."""
    wanted = select(Invitation.event_id).where(Invitation.id == invitation_id)
    return db.session.scalar(wanted.order_by(Invitation.id))


def language_of(invitation_id: int) -> str:
    """Return the language in which the household answered, else that of its invitation."""
    read = select(func.coalesce(Rsvp.language, Invitation.language)).select_from(Invitation)
    wanted = read.outerjoin(Rsvp, Rsvp.invitation_id == Invitation.id)
    return db.session.scalar(wanted.where(Invitation.id == invitation_id).order_by(Invitation.id)) or "nb"
