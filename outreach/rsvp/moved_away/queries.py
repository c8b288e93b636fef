"""Where a household has said that the one whom its letter asks lives."""

from sqlalchemy import select

from outreach.database import db
from outreach.invitations.models import Invitation


def lives_in(invitation_id: int) -> str:
    """Return the place, "" where nothing was said."""
    return db.session.scalar(select(Invitation.lives_in).where(Invitation.id == invitation_id)) or ""
