"""Keeps where a letter's household says that the one it asks lives now. Never commits."""

from datetime import datetime

from sqlalchemy import update

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.database import db
from outreach.events.study_place import StudyPlace
from outreach.invitations.invitation import Asked
from outreach.invitations.models import Invitation


def tell(invitation: Asked, place: StudyPlace, *, now: datetime) -> None:
    """Note the place; nobody is reminded at home any more. Said again it is another place, and an answer stays."""
    mine = update(Invitation).where(Invitation.id == invitation.id)
    db.session.execute(mine.values(lives_in=place.value), execution_options={"synchronize_session": False})
    db.session.expire_all()
    record("rsvp.moved_away", subject_kind="invitation", subject_id=invitation.id, actor=GUEST, now=now)
