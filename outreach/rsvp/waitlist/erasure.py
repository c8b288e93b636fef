"""What the waiting list holds, for a person's own access. It goes with the answers of the event (rsvp/erasure.py)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.database import db
from outreach.events.models import Event
from outreach.rsvp.waitlist.models import WaitPlace


def export_of_invitations(invitation_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the places of these invitations (some hundred at most) on waiting lists, the oldest first."""
    wanted = select(WaitPlace, Event.title).join(Event, Event.id == WaitPlace.event_id)
    mine = wanted.where(WaitPlace.invitation_id.in_(invitation_ids)).order_by(WaitPlace.joined_at_utc, WaitPlace.id)
    return [
        {
            "event": title,
            "place_state": place.state,
            "persons": place.persons,
            "joined_at": place.joined_at_utc.isoformat(),
            "offered_at": place.offered_at_utc.isoformat() if place.offered_at_utc else None,
            "offer_ends_at": place.ends_at_utc.isoformat() if place.ends_at_utc else None,
        }
        for place, title in db.session.execute(mine)
    ]
