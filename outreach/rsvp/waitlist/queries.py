"""What is read of waiting lists: a household's own place, the queue in its order, events where something is due."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.seats.queries import HELD, LIMITS, fits, kinds
from outreach.rsvp.seats.seat_kinds import NO_LIMITS, NO_SEATS, Limits, SeatKind, Seats
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offer_times import ToldBy, best_way
from outreach.rsvp.waitlist.own_place import OwnPlace
from outreach.rsvp.waitlist.queue_order import PlaceState, Room, Waiting
from outreach.web.headers import settings_of_app

_WAITING = WaitPlace.state == PlaceState.WAITING.value
_OFFERED = WaitPlace.state == PlaceState.OFFERED.value
_IS_GONE = and_(or_(_WAITING, _OFFERED), Invitation.state != State.ACTIVE.value)


@dataclass(frozen=True)
class Reach:
    """How to write to a waiting party: its answer, its language, and the best way."""

    rsvp_id: int
    language: str
    told_by: ToldBy


@dataclass(frozen=True)
class Counts:
    """How an event's places and its queue stand. `overbooked`: more are held than there are places for.

    `limits` and `seats`: the most and what is held, by kind.
    """

    capacity: int | None
    held: int
    waiting: int = 0
    waiting_persons: int = 0
    offered: int = 0
    offered_persons: int = 0
    expired: int = 0
    limits: Limits = NO_LIMITS
    seats: Seats = NO_SEATS

    @property
    def split(self) -> tuple[tuple[SeatKind, int, int], ...]:
        """Return (kind, held, most) of each kind that has a limit of its own."""
        kinds = (kind for kind in self.limits.kinds if kind is not SeatKind.ANY)
        return tuple((kind, self.seats.of(kind), self.limits.of(kind) or 0) for kind in kinds)

    def lacks(self, wanted: Seats) -> tuple[SeatKind, ...]:
        """Return of which kinds with a limit of their own there is too little for `wanted` now."""
        return tuple(kind for kind in self.limits.less(self.seats).short_of(wanted) if kind is not SeatKind.ANY)

    @property
    def overbooked(self) -> int:
        """Return by how many the held places go over the capacity."""
        return 0 if self.capacity is None else max(0, self.held - self.capacity)

    @property
    def is_any(self) -> bool:
        """Say whether anybody waits, is asked, or let an offer end."""
        return bool(self.waiting or self.offered or self.expired)


def own_place(invitation_id: int) -> OwnPlace | None:
    """Return the place of an invitation, None when it never waited."""
    place = of_invitation(invitation_id)
    if place is None:
        return None
    return OwnPlace(
        state=PlaceState(place.state),
        ahead=waiting_parties(place.event_id, before=place.number),
        persons=place.persons,
        passed=place.passed,
        ends_at_utc=place.ends_at_utc,
        children=place.children,
        wheelchairs=place.wheelchairs,
    )


def waiting_parties(event_id: int, *, before: int | None = None) -> int:
    """Return how many parties wait, or how many of them stand before number `before` of the queue."""
    query = select(func.count()).where(WaitPlace.event_id == event_id, _WAITING)
    return db.session.scalar(query if before is None else query.where(WaitPlace.number < before)) or 0


def of_invitation(invitation_id: int) -> WaitPlace | None:
    """Return the row of an invitation's place as it is now, None when it never waited."""
    query = select(WaitPlace).where(WaitPlace.invitation_id == invitation_id).order_by(WaitPlace.id)
    found: WaitPlace | None = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return found


def by_id(place_id: int) -> WaitPlace | None:
    """Return a place by its id, None when it is erased."""
    return db.session.get(WaitPlace, place_id)


def asked_states(event_id: int) -> dict[int, str]:
    """Return "offered" or "expired" of those who wait and have or had an offer, by invitation."""
    asked = or_(_OFFERED, WaitPlace.state == PlaceState.EXPIRED.value)
    query = select(WaitPlace.invitation_id, WaitPlace.state).where(WaitPlace.event_id == event_id, asked)
    return dict(db.session.execute(query.order_by(WaitPlace.number)).all())


def locked_seats(event_id: int) -> SeatCount:
    """Return the event's counter, locked until this transaction ends: whoever changes its queue comes through here."""
    query = select(SeatCount).where(SeatCount.event_id == event_id).order_by(SeatCount.event_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def event_now(event_id: int) -> Event:
    """Return the event as it is committed now, which a lock may have made us wait for."""
    query = select(Event).where(Event.id == event_id).order_by(Event.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def queue(event_id: int, room: Room) -> list[Waiting]:
    """Return the parties that wait, in order; none when not even the smallest fits in `room`."""
    mine = and_(WaitPlace.event_id == event_id, _WAITING)
    if room.free.persons is not None:
        smallest = db.session.scalar(select(func.min(WaitPlace.persons)).where(mine))
        if smallest is None or smallest > room.free.persons:
            return []
    party = (WaitPlace.persons, WaitPlace.passed, WaitPlace.children, WaitPlace.wheelchairs)
    rows = select(WaitPlace.id, WaitPlace.number, *party).where(mine)
    return [Waiting(*row) for row in db.session.execute(rows.order_by(WaitPlace.number))]


def places(ids: list[int]) -> list[WaitPlace]:
    """Return the rows with `ids` as they are now, in the order of the queue."""
    query = select(WaitPlace).where(WaitPlace.id.in_(ids)).order_by(WaitPlace.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def ended_offers(event_id: int, now: datetime) -> list[WaitPlace]:
    """Return the open offers of an event that have ended, the longest ended first."""
    query = select(WaitPlace).where(WaitPlace.event_id == event_id, _OFFERED, WaitPlace.ends_at_utc <= now)
    ordered = query.order_by(WaitPlace.ends_at_utc, WaitPlace.number)
    return list(db.session.scalars(ordered.execution_options(populate_existing=True)))


def gone(event_id: int) -> list[WaitPlace]:
    """Return the open places of an event whose invitation is revoked or erased: nobody can answer there any more."""
    query = select(WaitPlace).join(Invitation, Invitation.id == WaitPlace.invitation_id)
    ordered = query.where(WaitPlace.event_id == event_id, _IS_GONE).order_by(WaitPlace.number)
    return list(db.session.scalars(ordered.execution_options(populate_existing=True)))


def reach(invitation_id: int) -> Reach | None:
    """Return how to write to a party, None when its answer is erased. Without SMS, whom no e-mail reaches is called."""
    query = select(Rsvp.id, Rsvp.language, Rsvp.email_sealed.is_not(None), Rsvp.mobile_sealed.is_not(None))
    row = db.session.execute(query.where(Rsvp.invitation_id == invitation_id).order_by(Rsvp.id)).one_or_none()
    if row is None:
        return None
    rsvp_id, language, has_email, has_mobile = row
    has_sms = has_mobile and settings_of_app().is_sms_set_up
    return Reach(rsvp_id, language, best_way(has_email=has_email, has_mobile=has_sms))


def events_due(now: datetime) -> list[int]:
    """Return the events where an offer has ended, somebody is gone, or somebody waits for places that are free."""
    gone = (
        exists()
        .where(WaitPlace.event_id == SeatCount.event_id, Invitation.id == WaitPlace.invitation_id, _IS_GONE)
        .correlate(SeatCount)
    )
    ended = exists().where(WaitPlace.event_id == SeatCount.event_id, _OFFERED, WaitPlace.ends_at_utc <= now)
    ended = ended.correlate(SeatCount)
    query = select(SeatCount.event_id).join(Event, Event.id == SeatCount.event_id)
    is_on = and_(Event.state == "published", Event.starts_at_utc > now, SeatCount.waiting > 0)
    return list(
        db.session.scalars(query.where(or_(ended, gone, and_(is_on, _one_fits()))).order_by(SeatCount.event_id))
    )


def counts(event_id: int) -> Counts:
    """Return how an event's places and its queue stand."""
    both = select(*LIMITS, *(func.coalesce(one, 0) for one in HELD)).select_from(Event).outerjoin(SeatCount)
    row = db.session.execute(both.where(Event.id == event_id).order_by(Event.id)).one()
    limits, seats = Limits(*row[: len(LIMITS)]), Seats(*row[len(LIMITS) :])
    rows = db.session.execute(_by_state(event_id)).all()
    parties = {PlaceState(state): (number, persons) for state, number, persons in rows}
    none = (0, 0)
    return Counts(
        limits.persons,
        seats.persons,
        *parties.get(PlaceState.WAITING, none),
        *parties.get(PlaceState.OFFERED, none),
        expired=parties.get(PlaceState.EXPIRED, none)[0],
        limits=limits,
        seats=seats,
    )


def _by_state(event_id: int) -> Select[str, int, int]:
    columns = select(WaitPlace.state, func.count(), func.sum(WaitPlace.persons))
    return columns.where(WaitPlace.event_id == event_id).group_by(WaitPlace.state).order_by(WaitPlace.state)


def _one_fits() -> ColumnElement[bool]:
    """Return whether a party that waits fits in what is free, in the order of the queue or not."""
    place = WaitPlace.__table__.c
    all_of_it = (fits(*kind) for kind in kinds(place.persons, place.children, place.wheelchairs))
    return exists().where(WaitPlace.event_id == SeatCount.event_id, _WAITING, *all_of_it).correlate(SeatCount, Event)
