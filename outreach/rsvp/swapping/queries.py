"""What is read for a swap: the events of the series, and whether somebody is asked to the other one already."""

from collections.abc import Iterable

from sqlalchemy import exists, or_, select

from outreach.database import db
from outreach.events.models import Event
from outreach.events.series.queries import same_series
from outreach.invitations.models import Invitation, Invitee
from outreach.rsvp.models import SeatCount
from outreach.rsvp.open_sign_up.models import OpenParty
from outreach.rsvp.swapping.choosing import Choice


def choices(event_id: int) -> tuple[Choice, ...]:
    """Return `event_id` and the events in a series with it that guests may see, the earliest first."""
    rows = db.session.execute(
        select(Event, SeatCount.held, SeatCount.waiting)
        .outerjoin(SeatCount, SeatCount.event_id == Event.id)
        .where(Event.id.in_(same_series(event_id)), Event.state != "draft")
        .order_by(Event.starts_at_utc, Event.id)
    )
    return tuple(_choice(event, held or 0, waiting or 0, own_id=event_id) for event, held, waiting in rows)


def is_asked_there(invitation_id: int, event_id: int) -> bool:
    """Say whether the household, or anybody in its invitation, has an invitation to `event_id`."""
    own = Invitation.__table__.alias()
    persons = select(Invitee.person_id).where(Invitee.invitation_id == invitation_id, Invitee.person_id.is_not(None))
    household = select(own.c.household_id).where(own.c.id == invitation_id, own.c.household_id.is_not(None))
    by_person = exists().where(Invitee.event_id == event_id, Invitee.person_id.in_(persons))
    by_household = exists().where(Invitation.event_id == event_id, Invitation.household_id.in_(household))
    address = select(OpenParty.contact_hash).where(OpenParty.invitation_id == invitation_id)
    by_address = exists().where(OpenParty.event_id == event_id, OpenParty.contact_hash.in_(address))
    return bool(db.session.scalar(select(or_(by_person, by_household, by_address))))


def lock_counters(event_ids: Iterable[int]) -> None:
    """Lock the events' counters, always in the same order, so that two swaps never wait for each other."""
    wanted = select(SeatCount.event_id).where(SeatCount.event_id.in_(list(event_ids)))
    db.session.execute(wanted.order_by(SeatCount.event_id).with_for_update()).all()


def _choice(event: Event, held: int, waiting: int, *, own_id: int) -> Choice:
    free = None if event.capacity is None else max(0, event.capacity - held)
    return Choice(
        event_id=event.id,
        city=event.city,
        title=event.title,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        state=event.state,
        answer_by=event.answer_by,
        sequence=event.sequence,
        left=0 if waiting else free,
        is_own=event.id == own_id,
    )
