"""Seat accounting under any history of answers and capacities, against a plain model of it."""

import secrets
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.rsvp import service
from outreach.rsvp.answer import NOBODY, Answer, Brought, PersonChoice
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.queries import guests
from outreach.rsvp.seats import service as seats
from outreach.rsvp.seats.seat_kinds import SeatKind, Seats
from outreach.rsvp.standing import AnswersClosedError, EventFullError
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import make_household
from tests.thoroughness import machine

HOUSEHOLDS = 4


def _held(event_id: int) -> int:
    return db.session.scalar(select(SeatCount.held).where(SeatCount.event_id == event_id)) or 0


def take(event_id: int, persons: int, children: int = 0, wheelchairs: int = 0) -> bool:
    return seats.take(event_id, Seats(persons, children, wheelchairs))


def test_taking_and_freeing(app: Flask) -> None:
    event = make_event(capacity=3)
    take(event.id, 2)
    take(event.id, 0)
    take(event.id, 1)
    with pytest.raises(EventFullError) as full:
        take(event.id, 1)
    assert full.value.left == 0
    take(event.id, -3)
    assert _held(event.id) == 0


def test_an_event_without_a_limit_takes_everybody(app: Flask) -> None:
    event = make_event(capacity=None)
    take(event.id, 5_000)
    assert _held(event.id) == 5_000


def test_an_event_that_is_off_takes_nobody_but_lets_go(app: Flask) -> None:
    event = make_event(capacity=3)
    take(event.id, 2)
    db.session.execute(db.update(Event).values(state="cancelled"))
    with pytest.raises(AnswersClosedError):
        take(event.id, 1)
    take(event.id, -2)
    assert _held(event.id) == 0


def _by_kind(event_id: int) -> Seats:
    row = db.session.scalars(select(SeatCount).execution_options(populate_existing=True)).one()
    assert row.event_id == event_id
    return row.seats


@pytest.mark.parametrize(
    ("limits", "held", "wanted", "short"),
    [
        ({}, Seats(), Seats(9, 9, 9), None),
        ({"capacity": 9}, Seats(), Seats(9, 9, 9), None),
        ({"capacity": 8}, Seats(), Seats(9, 9, 9), (SeatKind.ANY, 8)),
        ({"capacity_adults": 2}, Seats(1), Seats(1), None),
        ({"capacity_adults": 2}, Seats(1), Seats(2), (SeatKind.ADULT, 1)),
        ({"capacity_adults": 0}, Seats(), Seats(3, 3), None),
        ({"capacity_children": 2}, Seats(3, 1), Seats(5, 1), None),
        ({"capacity_children": 2}, Seats(3, 1), Seats(2, 2), (SeatKind.CHILD, 1)),
        ({"capacity_wheelchairs": 1}, Seats(4), Seats(2, 0, 1), None),
        ({"capacity_wheelchairs": 1}, Seats(4, 0, 1), Seats(2, 0, 1), (SeatKind.WHEELCHAIR, 0)),
        ({"capacity_wheelchairs": 1}, Seats(4, 0, 1), Seats(2), None),
        ({"capacity_children": 2}, Seats(3, 2), Seats(0, 1), (SeatKind.CHILD, 0)),
        ({"capacity_children": 2}, Seats(3, 2), Seats(0, -1), None),
        ({"capacity_adults": 1}, Seats(3, 2), Seats(0, -1), (SeatKind.ADULT, 0)),
        ({"capacity": 5, "capacity_children": 0}, Seats(5), Seats(1, 1), (SeatKind.ANY, 0)),
    ],
)
def test_a_party_takes_all_its_places_of_every_kind_or_none(
    app: Flask, limits: dict[str, int], held: Seats, wanted: Seats, short: tuple[SeatKind, int] | None
) -> None:
    event = make_event()
    seats.take(event.id, held)
    seats.make_counter(event.id)
    event.capacity = None
    for name, most in limits.items():
        setattr(event, name, most)
    db.session.flush()
    if short is None:
        seats.take(event.id, wanted)
        assert _by_kind(event.id) == held + wanted
        return
    with pytest.raises(EventFullError) as full:
        seats.take(event.id, wanted)
    assert (full.value.kind, full.value.left) == short
    assert _by_kind(event.id) == held


def test_who_has_places_of_a_kind_beyond_its_limit_may_always_become_fewer(app: Flask) -> None:
    event = make_event()
    take(event.id, 4, 3, 2)
    event.capacity_children, event.capacity_wheelchairs = 1, 1
    db.session.flush()
    take(event.id, -1, -1, 0)
    take(event.id, 1)
    assert _by_kind(event.id) == Seats(4, 2, 2)
    with pytest.raises(EventFullError):
        take(event.id, 0, 1, 0)


def test_while_a_party_waits_nobody_takes_more_of_what_is_limited(app: Flask) -> None:
    event = make_event(capacity=9, capacity_children=5)
    take(event.id, 4, 1)
    db.session.execute(db.update(SeatCount).values(waiting=1))
    for change in (Seats(1), Seats(0, 1)):
        with pytest.raises(EventFullError):
            seats.take(event.id, change)
    assert take(event.id, 0, 0, 1) is False, "nobody limits wheelchairs here, and nothing became free"
    assert take(event.id, 0, -1) is True, "an adult more is no limit, and a child's place is free"


class _Answers(RuleBasedStateMachine):
    """Households answer, change, decline and cancel while staff change the capacity."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, int] = {}
        self.capacity: int | None = None
        self.event: Event
        self.invitations: list[Invitation] = []

    @initialize(capacity=st.integers(1, 10))
    def begin(self, capacity: int) -> None:
        self.event = make_event(capacity=capacity, slug=f"treff-{secrets.token_hex(8)}")
        self.capacity = capacity
        self.invitations = [make_household(self.event) for _ in range(HOUSEHOLDS)]

    @rule(
        number=st.integers(0, HOUSEHOLDS - 1),
        coming=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        children=st.integers(0, 3),
    )
    def answer(self, number: int, coming: tuple[bool, ...], children: int) -> None:
        invitation = self.invitations[number]
        choices = tuple(
            PersonChoice(guest.invitee_id, guest.position, is_coming)
            for guest, is_coming in zip(guests(invitation.id), coming, strict=True)
        )
        given = Answer(choices=choices, brought=Brought(school=children) if any(coming) else NOBODY)
        grows = given.persons - self.held.get(number, 0)
        fits = grows <= 0 or self.capacity is None or sum(self.held.values()) + grows <= self.capacity
        if fits:
            service.answer(invitation, given, now=NOW)
            db.session.commit()
            self.held[number] = given.persons
            return
        with pytest.raises(EventFullError) as full:
            service.answer(invitation, given, now=NOW)
        db.session.rollback()
        assert full.value.left == max(0, (self.capacity or 0) - sum(self.held.values()))

    @rule(number=st.integers(0, HOUSEHOLDS - 1))
    def cancel(self, number: int) -> None:
        service.cancel(self.invitations[number], NOW)
        db.session.commit()
        self.held[number] = 0

    @rule(capacity=st.one_of(st.none(), st.integers(1, 12)))
    def change_capacity(self, capacity: int | None) -> None:
        self.event.capacity = self.capacity = capacity
        db.session.commit()

    @invariant()
    def everything_adds_up(self) -> None:
        wanted = sum(self.held.values())
        mine = self.event.id
        valid = select(func.sum(Ticket.persons)).where(Ticket.state == "valid", Ticket.event_id == mine)
        coming = select(func.sum(Rsvp.persons)).where(Rsvp.state == "attending", Rsvp.event_id == mine)
        counts: list[Any] = [_held(mine), db.session.scalar(valid), db.session.scalar(coming)]
        assert [count or 0 for count in counts] == [wanted] * 3


def test_seats_tickets_and_answers_add_up_whatever_happens(app: Flask) -> None:
    run_state_machine_as_test(_Answers, settings=machine(histories=15, steps=20))
