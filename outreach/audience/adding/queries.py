"""The list of an event that holds whom somebody put on it by hand."""

from sqlalchemy import select

from outreach.audience.models import AudienceList
from outreach.database import db

# No name of a segment, so that no list of a segment is taken for it.
BY_HAND_LIST = "(by-hand)"


def list_of(event_id: int) -> AudienceList | None:
    """Return the event's list of those added by hand, or None before the first."""
    found = select(AudienceList).where(AudienceList.event_id == event_id, AudienceList.segment == BY_HAND_LIST)
    kept: AudienceList | None = db.session.scalar(found.order_by(AudienceList.id).limit(1))
    return kept
