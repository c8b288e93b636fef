"""Changes of a waiting list, each in the caller's transaction: join, accept, leave, an offer that ends, share out.

Whoever comes here holds its own answer's row, if it has one, then takes the event's counter, and only then touches
places: always in this order, so that no two wait for each other. Whatever makes places free shares them out at once,
before the lock is let go, so nobody who comes later can take what a waiting party fits in.
"""

from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import SYSTEM, Actor
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.database import db
from outreach.events.models import Event
from outreach.rsvp.models import SeatCount
from outreach.rsvp.seats.seat_kinds import Limits, Seats, grows_in
from outreach.rsvp.seats.service import make_counter
from outreach.rsvp.standing import EventFullError, is_open
from outreach.rsvp.waitlist import queries
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offering.service import Freed, note_freed, offer
from outreach.rsvp.waitlist.override import NotWaitingError, Reason
from outreach.rsvp.waitlist.queue_order import PlaceState, Room, Why, next_parties, times_passed

_MAY_BE_LET_IN = frozenset({PlaceState.WAITING, PlaceState.OFFERED, PlaceState.EXPIRED})


@dataclass(frozen=True)
class _Floor:
    """An event whose counter is locked, at one moment."""

    event: Event
    seats: SeatCount
    now: datetime

    @property
    def is_on(self) -> bool:
        return self.event.state == "published" and self.now < self.event.starts_at_utc

    @property
    def room(self) -> Room:
        keeps = is_open(self.event.state, self.event.answer_by, self.now.astimezone(OSLO).date())
        return Room(free=self.limits.less(self.seats.seats), limits=self.limits, keeps=keeps)

    @property
    def limits(self) -> Limits:
        event = self.event
        return Limits(event.capacity, event.capacity_adults, event.capacity_children, event.capacity_wheelchairs)


@dataclass(frozen=True)
class Entered:
    """What came of a party that entered: seated at once, or in the queue by `number`."""

    is_seated: bool
    number: int


def enter(event_id: int, invitation_id: int, wanted: Seats, now: datetime) -> Entered:
    """Put a party of `wanted` seats in the queue, or have it take up its offer.

    A party that stands in the queue keeps its number when it becomes smaller, and gets a new one when it grows. Raises
    EventFullError when it is more than it was offered.
    """
    floor = _floor(event_id, now)
    place = queries.of_invitation(invitation_id)
    freed = Freed(Why.ROOM)
    if place is not None and place.state == PlaceState.OFFERED:
        if now < _end_of(place):
            return _accept(floor, place, wanted)
        _end(floor, place)
        freed = Freed(Why.EXPIRED, invitation_id)
    place = _queued(floor, place, invitation_id, wanted)
    _share_out(floor, freed, present=place.id)
    return Entered(place.state == PlaceState.SEATED, place.number)


def leave(event_id: int, invitation_id: int, now: datetime) -> None:
    """Take a party out of the queue, or turn its offer down, whose places go to the next. Nothing when it has none."""
    floor = _floor(event_id, now)
    place = queries.of_invitation(invitation_id)
    if place is None or place.state not in _MAY_BE_LET_IN:
        return
    _leave(floor, place)
    _share_out(floor, Freed(Why.TURNED_DOWN, invitation_id))


def pass_on(event_id: int, freed: Freed, now: datetime) -> None:
    """Offer what is free to whose turn it is."""
    _share_out(_floor(event_id, now), freed)


def tend(event_id: int, now: datetime) -> None:
    """End the offers whose time is over, take out who can answer no more, and offer what is free."""
    floor = _floor(event_id, now)
    freed = Freed(Why.ROOM)
    for place in queries.gone(event_id):
        _leave(floor, place)
        freed = Freed(Why.ERASED)
    for place in queries.ended_offers(event_id, now):
        _end(floor, place)
        freed = Freed(Why.EXPIRED, place.invitation_id)
    _share_out(floor, freed)


def tend_all(*, now: datetime) -> None:
    """Tend every event where something is due."""
    for event_id in queries.events_due(now):
        tend(event_id, now)


def share_out_changed(*, event_id: int, now: datetime) -> None:
    """Offer what a change of the event made free, such as a greater capacity."""
    if queries.counts(event_id).waiting:
        pass_on(event_id, Freed(Why.ROOM), now)


def let_in(event_id: int, invitation_id: int, reason: Reason, *, actor: Actor, now: datetime) -> None:
    """Seat a party of the waiting list whether there is room or not. Raises NotWaitingError."""
    floor = _floor(event_id, now)
    place = queries.of_invitation(invitation_id)
    if place is None or place.state not in _MAY_BE_LET_IN:
        raise NotWaitingError
    if place.state != PlaceState.OFFERED:
        floor.seats.hold(place.seats)
    place.override_reason = reason.value
    _close(place, PlaceState.SEATED, now)
    record(
        "waitlist.let_in",
        subject_kind="invitation",
        subject_id=invitation_id,
        actor=actor,
        now=now,
        persons=place.persons,
        reason=reason.value,
    )
    _share_out(floor, Freed(Why.ROOM))


def note_look(event_id: int, *, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at a page of an event's waiting list with names, or at one place (0)."""
    record("waitlist.look", subject_kind="event", subject_id=event_id, actor=actor, now=now, page=page)


def _floor(event_id: int, now: datetime) -> _Floor:
    make_counter(event_id)
    db.session.flush()
    seats = queries.locked_seats(event_id)
    return _Floor(queries.event_now(event_id), seats, now)


def _queued(floor: _Floor, place: WaitPlace | None, invitation_id: int, wanted: Seats) -> WaitPlace:
    """Return the party's place in the queue, as it stands or a new one at the end."""
    if place is None:
        place = WaitPlace(event_id=floor.event.id, invitation_id=invitation_id, offers=0, told_by="")
        place.seats = Seats()
        db.session.add(place)
    if place.state != PlaceState.WAITING or grows_in(wanted - place.seats, floor.limits):
        floor.seats.last_number += 1
        place.number, place.passed = floor.seats.last_number, 0
        place.state, place.joined_at_utc, place.closed_at_utc = PlaceState.WAITING.value, floor.now, None
    place.seats = wanted
    return place


def _leave(floor: _Floor, place: WaitPlace) -> None:
    if place.state == PlaceState.OFFERED:
        floor.seats.hold(Seats() - place.seats)
    _close(place, PlaceState.LEFT, floor.now)


def _accept(floor: _Floor, place: WaitPlace, wanted: Seats) -> Entered:
    if grows_in(wanted - place.seats, floor.limits):
        raise EventFullError(0)
    floor.seats.hold(wanted - place.seats)
    place.seats = wanted
    _close(place, PlaceState.SEATED, floor.now)
    _share_out(floor, Freed(Why.FEWER, place.invitation_id))
    return Entered(is_seated=True, number=place.number)


def _end(floor: _Floor, place: WaitPlace) -> None:
    floor.seats.hold(Seats() - place.seats)
    _close(place, PlaceState.EXPIRED, floor.now)
    record(
        "waitlist.expire",
        subject_kind="invitation",
        subject_id=place.invitation_id,
        actor=SYSTEM,
        now=floor.now,
        persons=place.persons,
    )


def _share_out(floor: _Floor, freed: Freed, *, present: int | None = None) -> None:
    """Give what is free to whose turn it is: an offer, or the seats at once to the party that is `present`."""
    db.session.flush()
    room = floor.room
    if floor.is_on and not room.is_full:
        queue = queries.queue(floor.event.id, room)
        chosen = next_parties(room, queue)
        turns = {party.id for party in chosen}
        passed = {party.id: times_passed(party, chosen, room) for party in queue if party.id not in turns}
        passed = {id_: times for id_, times in passed.items() if times}
        for place in queries.places([*turns, *passed]):
            if place.id in turns:
                _give(floor, place, freed, is_present=place.id == present)
            else:
                place.passed += passed[place.id]
        db.session.flush()
    floor.seats.waiting = queries.waiting_parties(floor.event.id)
    db.session.flush()


def _give(floor: _Floor, place: WaitPlace, freed: Freed, *, is_present: bool) -> None:
    floor.seats.hold(place.seats)
    if is_present:
        note_freed(place, freed, floor.now)
        _close(place, PlaceState.SEATED, floor.now)
    else:
        offer(place, floor.event, freed, floor.now)


def _close(place: WaitPlace, state: PlaceState, now: datetime) -> None:
    place.state, place.closed_at_utc = state.value, now


def _end_of(place: WaitPlace) -> datetime:
    assert place.ends_at_utc is not None, "an offer has an end"
    return place.ends_at_utc
