"""Whether somebody may be invited by hand, and to what."""

from datetime import datetime

from sqlalchemy import select

from outreach.audience.exclusions import Reason
from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events import queries as events
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.invitations import queries as invitations
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Household, Person
from outreach.register.moves import DEAD
from outreach.register.queries import latest_import


def person(person_id: int) -> Person:
    """Return the person. Raises NotFoundError."""
    found: Person | None = db.session.get(Person, person_id)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke personen."))
    return found


def reason_against(one: Person, event_id: int) -> Reason | None:
    """Return why no invitation to the event may be made for the person now, as a segment would say it, or None."""
    if one.status == DEAD:
        return Reason.DECEASED
    if not (one.is_resident or one.is_added_by_hand):
        return Reason.MOVED_OUT
    if _needs_a_look(one):
        return Reason.BY_HAND
    if one.address_sealed is None:
        return Reason.NO_ADDRESS
    is_suppressed = db.session.scalar(select(invitations.is_suppressed(Person)).where(Person.id == one.id))
    return Reason.SUPPRESSED if is_suppressed else None


def events_for(one: Person, now: datetime) -> list[tuple[Event, bool]]:
    """Return each published event that is not over, the earliest first, and whether the person is asked to it."""
    asked = set(
        db.session.scalars(select(Invitee.event_id).where(Invitee.person_id == one.id).order_by(Invitee.event_id))
    )
    coming = [event for event in events.coming(now) if event.state == EventState.PUBLISHED]
    return [(event, event.id in asked) for event in coming]


def invitation_of(person_id: int, event_id: int) -> Invitation | None:
    """Return the invitation to the event that the person is in."""
    wanted = select(Invitation).join(Invitee, Invitee.invitation_id == Invitation.id)
    found: Invitation | None = db.session.scalar(
        wanted.where(Invitee.person_id == person_id, Invitee.event_id == event_id)
    )
    return found


def _needs_a_look(one: Person) -> bool:
    latest = latest_import()
    home = db.session.get(Household, one.household_id) if one.household_id else None
    is_unseen = latest is not None and not one.is_added_by_hand and one.seen_import_id != latest.id
    return one.is_held_back or is_unseen or bool(home and home.set_aside_reason)
