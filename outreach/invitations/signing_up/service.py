"""Makes the invitation of a party that nobody asked, and names who is in it. Never commits.

It is an invitation like any other for whatever comes after it: answers, seats, tickets, doors. It has no household and
no letter, and its places point at nobody in the register: who they are there is not looked up, so nothing can tell.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import UnavailableError
from outreach.formats.short_code import INVITATION, new_selector
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation, Invitee

# Of 6.4 million selectors two alike are rare, many times in a row never.
_TRIES = 20


def make(event_id: int, names: Sequence[str], *, language: str, now: datetime) -> Invitation:
    """Return a new invitation to the event for persons called `names`, in that order."""
    known = {"event_id": event_id, "household_id": None, "language": language, "created_at_utc": now}
    for _ in range(_TRIES):
        row = {"id": new_id(), "selector": new_selector(INVITATION), **known, "lives_in": ""}
        if insert_if_free(Invitation, **row, generation=1, state=State.ACTIVE.value, is_signed_up=True):
            invitation = db.session.get_one(Invitation, row["id"])
            rename(invitation, names)
            return invitation
    raise UnavailableError


def rename(invitation: Invitation, names: Sequence[str]) -> None:
    """Have the places of `invitation` be those of persons called `names`, in that order."""
    mine = select(Invitee).where(Invitee.invitation_id == invitation.id).order_by(Invitee.position)
    places = list(db.session.scalars(mine))
    for place in places[len(names) :]:
        db.session.delete(place)
    for position, name in enumerate(names, start=1):
        if position > len(places):
            place = Invitee(invitation_id=invitation.id, event_id=invitation.event_id, position=position)
            db.session.add(place)
        else:
            place = places[position - 1]
        place.name = name
    db.session.flush()
