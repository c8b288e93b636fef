"""A household moves between the events of a series: never two seats, never none, whatever stands in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from outreach.database import db
from outreach.errors import OutreachError
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.reminder_letters.queries import counts
from outreach.mailings.reminder_letters.standing import PAUSE, Standing
from outreach.outbox.message import LETTER_KINDS, REMINDER_WAVE, invitation_letter
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.rsvp import service
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.standing import AnswersClosedError
from outreach.rsvp.storing.service import SwappedError
from outreach.rsvp.swapping import service as swapping
from outreach.rsvp.swapping.choosing import AskedThereError, NoRoomThereError, NoSuchChoiceError
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household
from tests.factories.series import make_series
from tests.thoroughness import machine

LATE = NOW + timedelta(days=22)
MACHINE = machine(histories=12, steps=25)


def _swap(invitation: Invitation, event: Event, **values: object) -> object:
    state = swapping.swap(invitation, event.id, **{"now": NOW, **values})
    db.session.commit()
    return state


def _held(*events: Event) -> list[int]:
    held = dict(db.session.execute(select(SeatCount.event_id, SeatCount.held)).all())
    return [held.get(event.id, 0) for event in events]


def _coming(event: Event, **contact: str) -> Invitation:
    invitation = make_household(event, ("Åse", "Bjørn"))
    give_answer(invitation, answer_for(invitation, True, True, **contact))
    return invitation


def _all_at(invitation: Invitation, event: Event) -> bool:
    """Say whether everything of the household is at `event`."""
    tables = ((Invitation.event_id, Invitation.id), (Invitee.event_id, Invitee.invitation_id))
    tables += ((Rsvp.event_id, Rsvp.invitation_id), (Ticket.event_id, Ticket.invitation_id))
    found = {id_ for column, key in tables for id_ in db.session.scalars(select(column).where(key == invitation.id))}
    return found == {event.id}


def test_seats_answer_and_ticket_move_together(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest = _coming(oslo)
    ticket = db.session.scalars(select(Ticket)).one()
    code, version = ticket.selector, ticket.version
    assert _swap(guest, bergen) == "attending"
    assert _held(oslo, bergen) == [0, 2]
    assert _all_at(guest, bergen)
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.selector, ticket.state, ticket.persons) == (code, "valid", 2)
    assert ticket.version > version


def test_without_room_nothing_moves(app: Flask) -> None:
    oslo, bergen = make_series(10, 3)
    _coming(bergen)
    guest = _coming(oslo)
    with pytest.raises(NoRoomThereError):
        _swap(guest, bergen)
    db.session.rollback()
    assert _held(oslo, bergen) == [2, 2]
    assert _all_at(guest, oslo)


def test_the_calendar_entry_takes_the_change_from_an_event_that_was_changed_often(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    for venue in ("Huset", "Salen", "Loftet"):
        events.change_event(
            oslo, events.details_of(oslo).__class__(**{**vars(events.details_of(oslo)), "venue": venue}), NOW
        )
    guest = _coming(oslo)
    before = oslo.sequence + db.session.scalars(select(Ticket.version)).one()
    _swap(guest, bergen)
    assert bergen.sequence + db.session.scalars(select(Ticket.version)).one() > before


def test_whoever_has_not_answered_or_said_no_takes_no_seat(app: Flask) -> None:
    oslo, bergen = make_series(10, 1)
    silent, declined = make_household(oslo), make_household(oslo)
    service.decline(declined, now=NOW)
    db.session.commit()
    assert (_swap(silent, bergen), _swap(declined, bergen)) == (None, "declined")
    assert _held(oslo, bergen) == [0, 0]
    assert _all_at(silent, bergen)
    assert _all_at(declined, bergen)


def test_the_freed_seats_go_to_whoever_waits(app: Flask) -> None:
    oslo, bergen = make_series(2, 10)
    guest = _coming(oslo)
    waiting = make_household(oslo, ("Carl",))
    join_queue(waiting, answer_for(waiting, True, email="carl@example.org"))
    _swap(guest, bergen)
    assert [(place.invitation_id, place.state) for place in db.session.scalars(select(WaitPlace))] == [
        (waiting.id, "offered")
    ]


def test_who_waits_goes_to_the_end_of_the_other_queue_or_to_a_seat(app: Flask) -> None:
    oslo, bergen, trondheim = make_series(2, 2, 2)
    for full in (oslo, bergen):
        _coming(full)
    first, second = make_household(bergen, ("Carl",)), make_household(oslo, ("Dina",))
    for party in (first, second):
        join_queue(party, answer_for(party, True))
    assert _swap(second, bergen) == "waitlisted"
    numbers = dict(db.session.execute(select(WaitPlace.invitation_id, WaitPlace.number)).all())
    assert numbers[second.id] > numbers[first.id]
    db.session.expire_all()
    assert _swap(second, trondheim) == "attending"
    assert _held(oslo, bergen, trondheim) == [2, 2, 1]
    assert db.session.scalars(select(Ticket.event_id).where(Ticket.invitation_id == second.id)).one() == trondheim.id
    waiting = select(SeatCount.waiting).where(SeatCount.event_id.in_([oslo.id, bergen.id])).order_by(SeatCount.waiting)
    assert list(db.session.scalars(waiting)) == [0, 1]


def test_letters_go_along_and_nobody_is_reminded_of_them_twice(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest, other = make_household(oslo, ("Åse",)), make_household(bergen, ("Bjørn",))
    waves = [(guest, oslo, 1), (guest, oslo, REMINDER_WAVE), (other, bergen, 1)]
    queue((invitation_letter(invitation_id=who.id, event_id=at.id, wave=wave) for who, at, wave in waves), NOW)
    printed = {"state": "handed_over", "handed_over_at_utc": NOW - 2 * PAUSE}
    first = OutboxMessage.kind == LETTER_KINDS[1]
    db.session.execute(update(OutboxMessage).where(first).values(**printed))
    _swap(guest, bergen)
    assert counts(oslo.id, NOW) == {}
    assert counts(bergen.id, NOW) == {Standing.IN_WAVE: 1, Standing.GETS_IT: 1}
    events.cancel_event(bergen, NOW)
    waiting = select(OutboxMessage.state).where(~first)
    assert list(db.session.scalars(waiting)) == ["withheld"]


def test_a_swap_is_confirmed_by_one_message(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest = _coming(oslo, email="aase@example.org")
    _swap(guest, bergen)
    _swap(guest, bergen)
    sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "rsvp_confirmation")).all()
    assert len(sent) == 2
    assert {message.event_id for message in sent} == {oslo.id, bergen.id}


def test_only_what_is_in_the_series_and_open_can_be_chosen(app: Flask) -> None:
    oslo, _, trondheim = make_series(10, 10, 10)
    other = make_event(slug="annet", title="Et annet treff")
    events.cancel_event(trondheim, NOW)
    guest = _coming(oslo)
    for event in (other, trondheim):
        with pytest.raises(NoSuchChoiceError):
            _swap(guest, event)
        db.session.rollback()
    assert _all_at(guest, oslo)


def test_after_the_last_day_who_is_counted_on_stays(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    events.change_event(bergen, replace(events.details_of(bergen), answer_by=LATE.date()), NOW)
    guest, silent = _coming(oslo), make_household(oslo)
    with pytest.raises(AnswersClosedError):
        _swap(guest, bergen, now=LATE)
    db.session.rollback()
    assert _swap(silent, bergen, now=LATE) is None


def test_from_an_event_that_is_called_off_everybody_may_go(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest = _coming(oslo)
    events.cancel_event(oslo, NOW)
    db.session.commit()
    assert _swap(guest, bergen) == "attending"
    assert _held(oslo, bergen) == [0, 2]


def test_whoever_is_asked_there_by_another_letter_stays(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest = make_household(oslo, ("Åse",))
    other = Invitation(event_id=bergen.id, selector="23456789"[:8], created_at_utc=NOW)
    db.session.add(other)
    other.invitees.append(Invitee(event_id=bergen.id, person_id=guest.invitees[0].person_id, position=1))
    db.session.commit()
    with pytest.raises(AskedThereError):
        _swap(guest, bergen)


def test_an_answer_about_the_event_that_was_left_is_refused(app: Flask) -> None:
    oslo, bergen = make_series(10, 10)
    guest = _coming(oslo)
    stale = type("Stale", (), {"id": guest.id, "event_id": oslo.id, "event": oslo})()
    _swap(guest, bergen)
    with pytest.raises(SwappedError):
        service.cancel(stale, NOW)
    db.session.rollback()
    with pytest.raises(SwappedError):
        swapping.swap(stale, oslo.id, now=NOW)
    db.session.rollback()
    assert _held(oslo, bergen) == [0, 2]


class _Series(RuleBasedStateMachine):
    """Households answer, cancel, wait and swap between three small events in any order."""

    households = st.integers(0, 4)

    @initialize()
    def begin(self) -> None:
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        self.events = make_series(3, 2, 4)
        self.invitations = [make_household(self.events[0], ("Åse", "Bjørn")) for _ in range(5)]

    def _try(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]
            db.session.commit()
        except OutreachError:
            db.session.rollback()

    @rule(which=households, both=st.booleans())
    def answer(self, which: int, both: bool) -> None:
        guest = self.invitations[which]
        self._try(lambda: service.answer(guest, answer_for(guest, True, both), now=NOW))

    @rule(which=households)
    def cancel(self, which: int) -> None:
        self._try(lambda: service.cancel(self.invitations[which], NOW))

    @rule(which=households)
    def wait(self, which: int) -> None:
        guest = self.invitations[which]
        self._try(lambda: taking.wait(guest, answer_for(guest, True, True), now=NOW))

    @rule(which=households, where=st.integers(0, 2))
    def swap(self, which: int, where: int) -> None:
        self._try(lambda: swapping.swap(self.invitations[which], self.events[where].id, now=NOW))

    @invariant()
    def seats_are_those_of_who_comes_and_who_is_offered(self) -> None:
        coming = dict(
            db.session.execute(
                select(Rsvp.event_id, func.sum(Rsvp.persons)).where(Rsvp.state == "attending").group_by(Rsvp.event_id)
            ).all()
        )
        offered = dict(
            db.session.execute(
                select(WaitPlace.event_id, func.sum(WaitPlace.persons))
                .where(WaitPlace.state == "offered")
                .group_by(WaitPlace.event_id)
            ).all()
        )
        for event, held in zip(self.events, _held(*self.events), strict=True):
            assert held == coming.get(event.id, 0) + offered.get(event.id, 0)
            assert held <= (event.capacity or 0)

    @invariant()
    def everything_of_a_household_is_in_one_place(self) -> None:
        for guest in self.invitations:
            where = db.session.scalars(select(Invitation.event_id).where(Invitation.id == guest.id)).one()
            assert _all_at(guest, db.session.get_one(Event, where))
            valid = select(Ticket.id).where(Ticket.invitation_id == guest.id, Ticket.state == "valid")
            comes = select(Rsvp.id).where(Rsvp.invitation_id == guest.id, Rsvp.state == "attending")
            assert len(db.session.scalars(valid).all()) == len(db.session.scalars(comes).all())


def test_no_history_leaves_two_seats_or_none(app: Flask) -> None:
    run_state_machine_as_test(_Series, settings=MACHINE)
