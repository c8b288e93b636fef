"""The waiting list under any history, against its promises; and what went wrong in other systems, each by name."""

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.clock import OSLO
from outreach.database import db
from outreach.errors import OutreachError
from outreach.events import service as events
from outreach.events.models import Event
from outreach.events.told_by import Told
from outreach.invitations import service as invitations
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.rsvp import service
from outreach.rsvp.answer import NeedKind, NeedWish, RsvpState
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.seats.seat_kinds import Limits, SeatKind, Seats
from outreach.rsvp.standing import AnswersClosedError, EventFullError, OfferGoneError
from outreach.rsvp.telling.queries import IS_IN_QUEUE, answered, reachable, told_of_change
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.override import NotWaitingError, Reason
from outreach.rsvp.waitlist.queue_order import MOST_PASSED, Waiting, next_parties
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household
from tests.thoroughness import machine

HOUSEHOLDS = 6
MACHINE = machine(histories=12, steps=25)
DAY = timedelta(days=1)
SPLITS = st.tuples(*(st.one_of(st.none(), st.integers(0, 6)) for _ in range(3)))


def _all(what: type) -> list[object]:
    return list(db.session.scalars(select(what).execution_options(populate_existing=True)))


def _place(invitation: Invitation) -> WaitPlace:
    query = select(WaitPlace).where(WaitPlace.invitation_id == invitation.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _seats(event_id: int) -> tuple[int, int]:
    """Return (held, parties waiting) of an event."""
    db.session.expire_all()
    query = select(SeatCount.held, SeatCount.waiting).where(SeatCount.event_id == event_id)
    held, waiting = db.session.execute(query).one_or_none() or (0, 0)
    return held, waiting


def _party(event: Event, persons: int, **contact: str) -> tuple[Invitation, object]:
    """Return a new household of which `persons` (1 to 9) come, and its answer."""
    invitation = make_household(event, ("Åse",))
    return invitation, answer_for(invitation, True, extra_children=persons - 1, **contact)


def _seated(event: Event, persons: int) -> Invitation:
    invitation, answer = _party(event, persons)
    give_answer(invitation, answer)
    return invitation


def _waiting(event: Event, persons: int, **contact: str) -> Invitation:
    invitation, answer = _party(event, persons, **contact)
    join_queue(invitation, answer)
    return invitation


def _cancel(invitation: Invitation, now: datetime = NOW) -> None:
    service.cancel(invitation, now)
    db.session.commit()


def _tick(now: datetime) -> None:
    waitlist.tend_all(now=now)
    db.session.commit()


def _states(*parties: Invitation) -> list[str]:
    return [_place(party).state for party in parties]


def _offers_sent() -> int:
    return db.session.scalar(select(func.count()).where(OutboxMessage.kind == "seat_offer")) or 0


class _WaitingList(RuleBasedStateMachine):
    """Households answer, change, decline, cancel, take offers or let them end; staff change capacity and let in."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.event: Event
        self.invitations: list[Invitation] = []
        # By how much the places may be overbooked: by a lowered capacity, or by overrides that are in the log.
        self.allowed_over = 0
        self.overrides = 0
        self.given: dict[int, WaitPlace] = {}

    @initialize(capacity=st.integers(1, 8))
    def begin(self, capacity: int) -> None:
        self.event = make_event(capacity=capacity, slug=f"treff-{secrets.token_hex(8)}")
        self.invitations = [make_household(self.event) for _ in range(HOUSEHOLDS)]

    def _act(self, act: Callable[[], object]) -> bool:
        """Do one committed act; say whether it was done. Then hold the order of whoever got seats by it."""
        before = {place.id: place.state for place in self._places()}
        try:
            act()
        except OutreachError:
            db.session.rollback()
            return False
        db.session.commit()
        self._hold_order(before)
        return True

    def _places(self) -> list[WaitPlace]:
        query = select(WaitPlace).where(WaitPlace.event_id == self.event.id).order_by(WaitPlace.number)
        return list(db.session.scalars(query.execution_options(populate_existing=True)))

    def _hold_order(self, before: dict[int, str]) -> None:
        places = self._places()
        free = self._capacity() - _seats(self.event.id)[0]
        got = [place for place in places if place.state == "offered" and before.get(place.id) != "offered"]
        for place in places:
            if place.state == "waiting" and before.get(place.id) == "waiting":
                later = [other.persons for other in got if other.number > place.number]
                assert not later or place.persons > free + sum(later), "passed by, though all of it fitted"

    def _capacity(self) -> int:
        return 1_000 if self.event.capacity is None else self.event.capacity

    @rule(
        number=st.integers(0, HOUSEHOLDS - 1),
        coming=st.tuples(st.just(True), st.booleans(), st.booleans()),
        children=st.integers(0, 2),
        wheelchair=st.booleans(),
    )
    def answer(self, number: int, coming: tuple[bool, ...], children: int, wheelchair: bool) -> None:
        invitation = self.invitations[number]
        needs = (NeedWish(NeedKind.WHEELCHAIR),) if wheelchair else ()
        given = answer_for(invitation, *coming, extra_children=children, needs=needs, email="gjest@example.no")
        if self._act(lambda: service.answer(invitation, given, now=self.now)):
            return
        stood = db.session.scalar(select(Rsvp.state).where(Rsvp.invitation_id == invitation.id))
        done = self._act(lambda: taking.wait(invitation, given, now=self.now))
        is_open = self.now.astimezone(OSLO).date() <= self.event.answer_by
        assert done == (is_open and stood not in ("attending", "waitlisted"))

    @rule(number=st.integers(0, HOUSEHOLDS - 1))
    def cancel_or_decline(self, number: int) -> None:
        self._act(lambda: service.cancel(self.invitations[number], self.now))

    @rule(number=st.integers(0, HOUSEHOLDS - 1))
    def leave(self, number: int) -> None:
        self._act(lambda: taking.leave_queue(self.invitations[number], now=self.now))

    @rule(number=st.integers(0, HOUSEHOLDS - 1))
    def accept(self, number: int) -> None:
        self._act(lambda: taking.take_offer(self.invitations[number], now=self.now))

    @rule(number=st.integers(0, HOUSEHOLDS - 1))
    def join_again(self, number: int) -> None:
        self._act(lambda: taking.wait_again(self.invitations[number], now=self.now))

    @rule(capacity=st.one_of(st.none(), st.integers(1, 10)))
    def change_capacity(self, capacity: int | None) -> None:
        details = event_details(slug=self.event.slug, capacity=capacity)
        held = _seats(self.event.id)[0]
        self.allowed_over = max(0, held - (1_000 if capacity is None else capacity))
        self._act(lambda: events.change_event(self.event, details, self.now))

    @rule(hours=st.integers(1, 40))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self._act(lambda: waitlist.tend_all(now=self.now))
        assert all((place.ends_at_utc or NOW) > self.now for place in self._places() if place.state == "offered")

    @rule(number=st.integers(0, HOUSEHOLDS - 1), reason=st.sampled_from(Reason))
    def override(self, number: int, reason: Reason) -> None:
        invitation = self.invitations[number]
        if self._act(lambda: taking.let_in(invitation, reason, actor=COMMAND, now=self.now)):
            self.overrides += 1
            self.allowed_over += _place(invitation).persons

    @invariant()
    def nobody_is_oversold(self) -> None:
        held, waiting = _seats(self.event.id)
        places = self._places()
        coming = select(func.sum(Rsvp.persons)).where(Rsvp.state == "attending", Rsvp.event_id == self.event.id)
        valid = select(func.sum(Ticket.persons)).where(Ticket.state == "valid", Ticket.event_id == self.event.id)
        offered = sum(place.persons for place in places if place.state == "offered")
        attending = db.session.scalar(coming) or 0
        assert held == attending + offered
        assert attending == (db.session.scalar(valid) or 0)
        assert waiting == sum(place.state == "waiting" for place in places)
        over = max(0, held - self._capacity())
        assert over <= self.allowed_over
        self.allowed_over = over

    @invariant()
    def nobody_waits_for_what_it_fits_in(self) -> None:
        if self.now >= self.event.starts_at_utc:
            return
        free, kept = self._capacity() - _seats(self.event.id)[0], False
        is_open = self.now.astimezone(OSLO).date() <= self.event.answer_by
        for place in self._places():
            if place.state == "waiting":
                assert kept or place.persons > free
                can_ever_fit = place.persons <= self._capacity()
                assert place.passed <= MOST_PASSED or not can_ever_fit or not is_open
                kept = kept or (place.passed >= MOST_PASSED and can_ever_fit and is_open)

    @invariant()
    def who_waits_stands_in_the_queue_once(self) -> None:
        states = select(Rsvp.invitation_id).where(Rsvp.state == "waitlisted", Rsvp.event_id == self.event.id)
        waiting = set(db.session.scalars(states))
        open_places = [place for place in self._places() if place.state in ("waiting", "offered", "expired")]
        assert sorted(place.invitation_id for place in open_places) == sorted(waiting)

    @invariant()
    def each_offer_sends_one_message_and_each_override_is_logged(self) -> None:
        mine = OutboxMessage.event_id == self.event.id
        sent = select(func.count()).where(OutboxMessage.kind == "seat_offer", mine)
        assert db.session.scalar(sent) == sum(place.offers for place in self._places())
        ids = [invitation.id for invitation in self.invitations]
        logged = select(func.count()).where(AuditEntry.act == "waitlist.let_in", AuditEntry.subject_id.in_(ids))
        assert db.session.scalar(logged) == self.overrides


def test_the_promises_of_the_waiting_list_hold_whatever_happens(app: Flask) -> None:
    run_state_machine_as_test(_WaitingList, settings=MACHINE)


class _SplitList(_WaitingList):
    """The same with limits of kinds that change too."""

    def __init__(self) -> None:
        super().__init__()
        self.over: dict[SeatKind, int] = {}

    def _limits(self) -> Limits:
        event = self.event
        return Limits(event.capacity, event.capacity_adults, event.capacity_children, event.capacity_wheelchairs)

    def _counted(self) -> Seats:
        query = select(SeatCount).where(SeatCount.event_id == self.event.id)
        row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        return row.seats if row else Seats()

    def _over(self) -> dict[SeatKind, int]:
        held, limits = self._counted(), self._limits()
        return {kind: max(0, held.of(kind) - (limits.of(kind) or 0)) for kind in limits.kinds}

    def _hold_order(self, before: dict[int, str]) -> None:
        places, free = self._places(), self._limits().less(self._counted())
        got = [place for place in places if place.state == "offered" and before.get(place.id) != "offered"]
        for place in places:
            if place.state == "waiting" and before.get(place.id) == "waiting":
                for other in got:
                    if other.number > place.number and free.has_room(place.seats):
                        raise AssertionError("passed by, though all of it fits even now")

    @rule(capacity=st.one_of(st.none(), st.integers(1, 10)), split=SPLITS)
    def change_capacity(self, capacity: int | None, split: tuple[int | None, ...]) -> None:
        names = ("capacity_adults", "capacity_children", "capacity_wheelchairs")
        kinds = {
            name: most if most is None else min(most, capacity or most) for name, most in zip(names, split, strict=True)
        }
        details = event_details(slug=self.event.slug, capacity=capacity, **kinds)
        self._act(lambda: events.change_event(self.event, details, self.now))
        # What a change overbooks is allowed; from here on it may only become less.
        self.over = self._over()
        self.allowed_over = self.over.get(SeatKind.ANY, 0)

    @rule(number=st.integers(0, HOUSEHOLDS - 1), reason=st.sampled_from(Reason))
    def override(self, number: int, reason: Reason) -> None:
        super().override(number, reason)
        self.over = self._over()

    @invariant()
    def no_kind_is_oversold(self) -> None:
        over = self._over()
        assert all(over[kind] <= self.over.get(kind, 0) for kind in over)
        self.over = over
        query = select(func.sum(Rsvp.children), func.sum(Rsvp.wheelchairs), func.sum(Rsvp.persons))
        coming = db.session.execute(query.where(Rsvp.state == "attending", Rsvp.event_id == self.event.id)).one()
        children, wheelchairs, persons = (number or 0 for number in coming)
        total = Seats(persons, children, wheelchairs)
        for place in self._places():
            total = total + place.seats if place.state == "offered" else total
        assert self._counted() == total

    @invariant()
    def nobody_waits_for_what_it_fits_in(self) -> None:
        if self.now >= self.event.starts_at_utc:
            return
        is_open = self.now.astimezone(OSLO).date() <= self.event.answer_by
        free, kept = self._limits().less(self._counted()), False
        for place in self._places():
            if place.state == "waiting":
                can_ever_fit = self._limits().has_room(place.seats)
                assert kept or not free.has_room(place.seats)
                kept = kept or (place.passed >= MOST_PASSED and can_ever_fit and is_open)


def test_the_promises_of_the_waiting_list_hold_when_places_are_split(app: Flask) -> None:
    run_state_machine_as_test(_SplitList, settings=MACHINE)


def test_who_waits_for_a_wheelchair_place_holds_nobody_else_up_and_gets_the_first_that_is_free(app: Flask) -> None:
    event = make_event(capacity=9, capacity_wheelchairs=1)
    wheels = (NeedWish(NeedKind.WHEELCHAIR),)
    first, second = make_household(event, ("Eli",)), make_household(event, ("Ove",))
    give_answer(first, answer_for(first, True, needs=wheels))
    with pytest.raises(EventFullError) as full:
        service.answer(second, answer_for(second, True, needs=wheels), now=NOW)
    assert full.value.kind is SeatKind.WHEELCHAIR
    db.session.rollback()
    join_queue(second, answer_for(second, True, needs=wheels, email="ove@example.no"))
    others = [make_household(event, ("Per",)) for _ in range(5)]
    for other in others:
        assert join_queue(other, answer_for(other, True)).state == "attending"
    assert (_place(second).state, _place(second).passed, _seats(event.id)) == ("waiting", 0, (6, 1))
    _cancel(first)
    assert _states(second) == ["offered"]


def test_children_of_the_register_and_those_brought_along_count_as_children(app: Flask) -> None:
    event = make_event(capacity_children=2)
    invitation = make_household(event)
    for invitee, year in zip(invitation.invitees, (1980, 2008, 2009), strict=True):
        db.session.get_one(Person, invitee.person_id).birth_year = year
    db.session.commit()
    give_answer(invitation, answer_for(invitation, True, True, True, extra_children=1))
    row = db.session.scalars(select(SeatCount)).one()
    assert row.seats == Seats(4, 2), "who turns 18 in the year of the event is an adult"


def _ended_offer_and_a_freed_place() -> tuple[Invitation, Invitation]:
    """Have the first of two who wait let its offer end, and the place come free again; return both."""
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    first, second = _waiting(event, 1, email="a@example.no"), _waiting(event, 1, email="b@example.no")
    _cancel(seated)
    assert _states(first, second) == ["offered", "waiting"]
    _tick(NOW + DAY)
    assert _states(first, second) == ["expired", "offered"]
    _tick(NOW + 2 * DAY)
    return first, second


def test_who_let_an_offer_end_is_told_no_change_but_that_the_event_is_off(app: Flask) -> None:
    first, _second = _ended_offer_and_a_freed_place()
    event = db.session.get_one(Event, first.event_id)
    assert told_of_change(event.id) == Told()
    assert reachable(event.id, IS_IN_QUEUE) == []
    assert len(reachable(event.id, answered(RsvpState.WAITLISTED))) == 2
    assert taking.wait_again(first, now=NOW + 2 * DAY)
    assert told_of_change(event.id) == Told(email=1)


def test_pretix_1163_who_let_an_offer_end_is_not_asked_again_until_it_asks(app: Flask) -> None:
    first, second = _ended_offer_and_a_freed_place()
    assert _states(first, second) == ["expired", "expired"]
    assert _offers_sent() == 2
    # Who asks again comes last in the queue; since nobody else waits, the place is theirs at once.
    outcome = taking.wait_again(first, now=NOW + 2 * DAY)
    assert outcome.state == "attending"


def test_control_who_let_an_offer_end_would_be_asked_for_ever(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def back_into_the_queue(floor: waitlist._Floor, place: WaitPlace) -> None:
        floor.seats.held -= place.persons
        place.state = "waiting"

    monkeypatch.setattr(waitlist, "_end", back_into_the_queue)
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    _waiting(event, 1, email="a@example.no")
    _cancel(seated)
    for day in range(1, 4):
        _tick(NOW + day * DAY)
    assert _offers_sent() == 4


@pytest.mark.parametrize("way", ["cancelled", "fewer", "turned_down", "expired", "room", "no limit"])
def test_pretix_1405_freed_places_are_passed_on_at_once_whatever_freed_them(app: Flask, way: str) -> None:
    event = make_event(capacity=3)
    seated = _seated(event, 3)
    first = _waiting(event, 2, email="a@example.no")
    second = _waiting(event, 2, email="b@example.no")
    asked = second
    if way in ("cancelled", "turned_down", "expired"):
        _cancel(seated)
    if way == "fewer":
        service.answer(seated, answer_for(seated, True), now=NOW)
        asked = first
    elif way == "cancelled":
        asked = first
    elif way == "turned_down":
        taking.leave_queue(first, now=NOW)
    elif way == "expired":
        waitlist.tend_all(now=NOW + DAY)
    else:
        events.change_event(event, event_details(capacity=7 if way == "room" else None), NOW)
    place = _place(asked)
    assert place.state == "offered"
    freed_by = {"cancelled": seated.id, "fewer": seated.id, "turned_down": first.id, "expired": first.id}
    assert (place.freed_why, place.freed_by_id) == ("room" if way == "no limit" else way, freed_by.get(way))


def test_pretix_1238_one_place_makes_one_offer_however_often_somebody_looks(app: Flask) -> None:
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    parties = [_waiting(event, 1, email=f"{number}@example.no") for number in range(4)]
    _cancel(seated)
    for minute in range(60):
        _tick(NOW + timedelta(minutes=minute))
    assert _states(*parties) == ["offered", "waiting", "waiting", "waiting"]
    assert _offers_sent() == 1


def test_control_offers_that_hold_no_place_are_too_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(floor: waitlist._Floor, place: WaitPlace, freed: waitlist.Freed, *, is_present: bool) -> None:
        waitlist.offer(place, floor.event, freed, floor.now)

    monkeypatch.setattr(waitlist, "_give", give)
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    parties = [_waiting(event, 1, email=f"{number}@example.no") for number in range(4)]
    _cancel(seated)
    for minute in range(4):
        _tick(NOW + timedelta(minutes=minute))
    assert _states(*parties) == ["offered"] * 4


def _served(app: Flask) -> list[str]:
    """Free one place after another for three who wait; return the states after two."""
    event = make_event(capacity=2)
    seated = [_seated(event, 1), _seated(event, 1)]
    parties = [_waiting(event, 1, email=f"{number}@example.no") for number in range(3)]
    for invitation in seated:
        _cancel(invitation)
    return _states(*parties)


def test_pretix_2119_who_came_first_is_served_first(app: Flask) -> None:
    assert _served(app) == ["offered", "offered", "waiting"]


def test_control_a_queue_the_wrong_way_round_serves_the_last_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def backwards(room: waitlist.Room, queue: list[Waiting]) -> tuple[Waiting, ...]:
        return () if room.is_full else queue[-1:]  # type: ignore[return-value]

    monkeypatch.setattr(waitlist, "next_parties", backwards)
    assert _served(app) == ["waiting", "offered", "offered"]


def _offered_to_groups(app: Flask) -> tuple[list[str], int]:
    """Free two places for a party of four and one of two; return their states and the seats held."""
    event = make_event(capacity=4)
    _seated(event, 2)
    two = _seated(event, 2)
    parties = [_waiting(event, 4, email="a@example.no"), _waiting(event, 2, email="b@example.no")]
    _cancel(two)
    return _states(*parties), _seats(event.id)[0]


def test_alfio_425_a_party_is_offered_all_its_places_or_none(app: Flask) -> None:
    assert _offered_to_groups(app) == (["waiting", "offered"], 4)


def test_control_a_queue_that_counts_parties_as_persons_oversells(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def by_party(room: waitlist.Room, queue: list[Waiting]) -> tuple[Waiting, ...]:
        ones = [Waiting(party.id, party.number, 1) for party in queue]
        return next_parties(room, ones)

    monkeypatch.setattr(waitlist, "next_parties", by_party)
    states, held = _offered_to_groups(app)
    assert (states, held) == (["offered", "offered"], 8)


def test_nobody_who_comes_later_takes_what_a_waiting_party_fits_in(app: Flask) -> None:
    event = make_event(capacity=2)
    seated = _seated(event, 2)
    first = _waiting(event, 2)
    _cancel(seated)
    late, answer = _party(event, 1)
    with pytest.raises(EventFullError) as full:
        service.answer(late, answer, now=NOW)
    db.session.rollback()
    assert full.value.left == 0
    assert join_queue(late, answer).state == "waitlisted"
    assert _states(first, late) == ["offered", "waiting"]


def test_a_small_party_that_no_waiting_one_is_held_up_by_gets_in_at_once(app: Flask) -> None:
    event = make_event(capacity=4)
    _seated(event, 3)
    big = _waiting(event, 4)
    small, answer = _party(event, 1)
    with pytest.raises(EventFullError):
        service.answer(small, answer, now=NOW)
    db.session.rollback()
    assert join_queue(small, answer).state == "attending"
    assert _place(big).passed == 1
    assert _seats(event.id) == (4, 1)


def test_places_are_kept_for_a_party_that_was_passed_by_three_times(app: Flask) -> None:
    event = make_event(capacity=6)
    seated = [_seated(event, 2) for _ in range(3)]
    big = _waiting(event, 4, email="a@example.no")
    small = [_waiting(event, 1, email=f"{number}@example.no") for number in range(5)]
    _cancel(seated[0])
    assert _states(big, *small) == ["waiting", "offered", "offered", "waiting", "waiting", "waiting"]
    _cancel(seated[1])
    assert _states(big, *small) == ["waiting", "offered", "offered", "offered", "waiting", "waiting"]
    assert (_place(big).passed, _seats(event.id)) == (3, (5, 3))
    for party in small[:3]:
        taking.leave_queue(party, now=NOW)
        db.session.commit()
    assert _states(big, *small) == ["offered", "left", "left", "left", "waiting", "waiting"]


def test_after_the_last_day_for_answers_nothing_is_kept(app: Flask) -> None:
    event = make_event(capacity=6)
    seated = [_seated(event, 3), _seated(event, 3)]
    big = _waiting(event, 4)
    small = _waiting(event, 3)
    _place(big).passed = MOST_PASSED
    _cancel(seated[0])
    assert _states(big, small) == ["waiting", "waiting"]
    _tick(datetime.combine(event.answer_by + DAY, datetime.min.time(), tzinfo=OSLO) + timedelta(hours=12))
    assert _states(big, small) == ["waiting", "offered"]


def test_a_smaller_party_keeps_its_number_and_a_bigger_one_goes_to_the_end(app: Flask) -> None:
    event = make_event(capacity=1)
    _seated(event, 1)
    first, second = _waiting(event, 3), _waiting(event, 3)
    service.answer(first, answer_for(first, True, extra_children=1), now=NOW)
    assert (_place(first).number, _place(first).persons) == (1, 2)
    service.answer(first, answer_for(first, True, extra_children=3), now=NOW)
    assert (_place(first).number, _place(second).number) == (3, 2)


def test_a_waiting_party_that_becomes_small_enough_is_seated_at_once(app: Flask) -> None:
    event = make_event(capacity=3)
    _seated(event, 2)
    waiting = _waiting(event, 2, email="a@example.no")
    outcome = service.answer(waiting, answer_for(waiting, True, email="a@example.no"), now=NOW)
    assert outcome.state == "attending"
    assert _seats(event.id) == (3, 0)
    kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.created_at_utc, OutboxMessage.kind))
    assert list(kinds) == ["rsvp_confirmation", "waitlist_joined"]


def test_an_offer_is_taken_for_fewer_and_the_rest_goes_on(app: Flask) -> None:
    event = make_event(capacity=3)
    seated = _seated(event, 3)
    first, second = _waiting(event, 3), _waiting(event, 1)
    _cancel(seated)
    service.answer(first, answer_for(first, True, extra_children=1), now=NOW)
    assert _states(first, second) == ["seated", "offered"]
    assert (_place(second).freed_why, _place(second).freed_by_id) == ("fewer", first.id)


def test_an_offer_is_not_taken_for_more_than_it_was_made_for(app: Flask) -> None:
    event = make_event(capacity=3)
    seated = _seated(event, 3)
    first = _waiting(event, 2)
    _cancel(seated)
    with pytest.raises(EventFullError):
        service.answer(first, answer_for(first, True, extra_children=2), now=NOW)
    db.session.rollback()
    assert _states(first) == ["offered"]
    assert taking.take_offer(first, now=NOW).persons == 2


def test_who_comes_and_wants_more_than_there_is_keeps_what_it_has(app: Flask) -> None:
    event = make_event(capacity=3)
    seated = _seated(event, 2)
    for act in (service.answer, taking.wait):
        with pytest.raises(EventFullError):
            act(seated, answer_for(seated, True, extra_children=3), now=NOW)
        db.session.rollback()
    assert _seats(event.id) == (2, 0)
    assert _all(WaitPlace) == []


def test_an_offer_that_has_ended_cannot_be_taken_though_nobody_has_looked(app: Flask) -> None:
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    first = _waiting(event, 1, email="a@example.no")
    _cancel(seated)
    with pytest.raises(OfferGoneError):
        taking.take_offer(first, now=NOW + DAY)
    assert taking.take_offer(first, now=NOW + DAY - timedelta(seconds=1)).state == "attending"
    with pytest.raises(OfferGoneError):
        taking.take_offer(first, now=NOW)


def test_offers_are_made_and_taken_after_the_last_day_for_answers_until_the_event_begins(app: Flask) -> None:
    event = make_event(capacity=1)
    _seated(event, 1)
    first, second = _waiting(event, 1, email="a@example.no"), _waiting(event, 1)
    late = event.starts_at_utc - timedelta(hours=3)
    events.change_event(event, event_details(capacity=2), late)
    assert _place(first).ends_at_utc == event.starts_at_utc
    with pytest.raises(AnswersClosedError):
        service.answer(second, answer_for(second, False), now=late)
    assert taking.leave_queue(second, now=late).state == "declined"
    assert taking.take_offer(first, now=late).state == "attending"
    with pytest.raises(AnswersClosedError):
        taking.wait_again(first, now=event.starts_at_utc)


def test_a_lowered_capacity_throws_nobody_out_and_offers_nothing(app: Flask) -> None:
    event = make_event(capacity=4)
    seated = [_seated(event, 2), _seated(event, 2)]
    first = _waiting(event, 1)
    events.change_event(event, event_details(capacity=2), NOW)
    assert waitlist.queries.counts(event.id).overbooked == 2
    _cancel(seated[0])
    assert _states(first) == ["waiting"]
    assert waitlist.queries.counts(event.id).overbooked == 0


def test_staff_let_one_party_in_with_a_reason_that_is_logged(app: Flask) -> None:
    event = make_event(capacity=2)
    _seated(event, 2)
    first, second = _waiting(event, 2, email="a@example.no"), _waiting(event, 1)
    taking.let_in(second, Reason.PROMISED, actor=COMMAND, now=NOW)
    assert (_states(first, second), _seats(event.id)) == (["waiting", "seated"], (3, 1))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "waitlist.let_in")).one()
    assert '"persons":1' in entry.details
    assert '"reason":"promised"' in entry.details
    assert db.session.scalar(select(Ticket.persons).where(Ticket.invitation_id == second.id)) == 1
    with pytest.raises(NotWaitingError):
        taking.let_in(second, Reason.PROMISED, actor=COMMAND, now=NOW)


def test_a_party_whose_code_opens_nothing_any_more_leaves_the_queue_within_a_tick(app: Flask) -> None:
    event = make_event(capacity=1)
    seated = _seated(event, 1)
    first, second, third = _waiting(event, 1), _waiting(event, 1), _waiting(event, 1)
    _cancel(seated)
    for invitation in (first, second):
        invitations.revoke(invitation, now=NOW, actor=COMMAND)
    db.session.commit()
    _tick(NOW)
    assert _states(first, second, third) == ["left", "left", "offered"]


def test_a_form_sent_twice_queues_once_and_sends_one_message(app: Flask) -> None:
    event = make_event(capacity=1)
    _seated(event, 1)
    party, answer = _party(event, 1, email="a@example.no")
    numbers = [join_queue(party, answer).number for _ in range(3)]
    assert numbers == [1, 1, 1]
    assert db.session.scalar(select(func.count()).where(OutboxMessage.kind == "waitlist_joined")) == 1


def test_nothing_is_offered_of_an_event_that_is_off_or_over(app: Flask) -> None:
    event = make_event(capacity=1, answer_by=date(2026, 11, 26))
    seated = _seated(event, 1)
    first = _waiting(event, 1)
    _cancel(seated, now=event.starts_at_utc + timedelta(minutes=1))
    assert _states(first) == ["waiting"]
    event.state = "cancelled"
    db.session.commit()
    _tick(NOW)
    assert _states(first) == ["waiting"]
