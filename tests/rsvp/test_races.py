"""Several browsers at once, as threads with transactions of their own, on the real database."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import bindparam, func, select, update

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.together import StandsOtherwiseError
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import queries, service
from outreach.rsvp.answer import NeedKind, NeedWish, everybody_declines
from outreach.rsvp.invitation_page import Household
from outreach.rsvp.models import Need, Rsvp, SeatCount
from outreach.rsvp.records import service as records
from outreach.rsvp.seats import service as seats
from outreach.rsvp.standing import EventFullError
from outreach.rsvp.waitlist import queries as waitlist_queries
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household
from tests.statements import noted

PARTIES = 12
SEATS = 8


def _at_once(app: Flask, acts: Sequence[Callable[[], object]]) -> list[BaseException | None]:
    """Run `acts` in threads that start together, each in one committed transaction; return what each raised."""
    barrier = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait(10)
            try:
                act()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                raised[number] = error
            db.session.remove()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def _answering(
    invitation_id: int, *coming: bool, now: datetime = NOW, seen: Household | None = None
) -> Callable[[], object]:
    def act() -> object:
        invitation = db.session.get_one(Invitation, invitation_id)
        return service.answer(invitation, answer_for(invitation, *coming), now=now, seen=seen)

    return act


def _answering_at_once(invitation_id: int, *coming: bool) -> Callable[[], object]:
    invitation = db.session.get_one(Invitation, invitation_id)
    need = NeedWish(NeedKind.DIET, "vegetar")
    answer = answer_for(invitation, *coming, needs=(need,), email="a@example.no")
    seen = queries.household(invitation_id)

    def act() -> object:
        asked = db.session.get_one(Invitation, invitation_id)
        return service.answer_at_once(asked, answer, now=NOW, language="nb", seen=seen)

    return act


def _scalar(what: object) -> int:
    return db.session.scalar(select(what)) or 0  # type: ignore[call-overload,no-any-return]


def _held() -> int:
    return _scalar(func.sum(SeatCount.held))


def _acts_noted() -> int:
    return db.session.query(AuditEntry).filter_by(act="rsvp.answer").count()


def _rush(app: Flask) -> list[BaseException | None]:
    event = make_event(capacity=SEATS)
    acts = []
    for number in range(PARTIES):
        coming = [position <= number % 3 for position in range(3)]
        acts.append(_answering(make_household(event).id, *coming))
    db.session.commit()
    raised = _at_once(app, acts)
    db.session.rollback()
    return raised


def test_the_last_seats_are_never_sold_twice_and_as_many_get_in_as_fit(app: Flask) -> None:
    raised = _rush(app)
    held = _held()
    assert {type(error) for error in raised if error} == {EventFullError}
    assert held <= SEATS
    assert held == _scalar(func.sum(Rsvp.persons)) == _scalar(func.sum(Ticket.persons))
    left = SEATS - held
    refused = [number % 3 + 1 for number, error in enumerate(raised) if error]
    assert all(persons > left for persons in refused)
    assert _scalar(func.count(Rsvp.id)) == PARTIES - len(refused)


def test_answers_that_are_stored_in_one_go_never_sell_the_last_seats_twice(app: Flask) -> None:
    event = make_event(capacity=SEATS)
    seats.make_counter(event.id)
    acts = [
        _answering_at_once(make_household(event).id, *[position <= number % 3 for position in range(3)])
        for number in range(PARTIES)
    ]
    db.session.commit()
    raised = _at_once(app, acts)
    db.session.rollback()
    assert {type(error) for error in raised if error} == {StandsOtherwiseError}
    assert SEATS - 2 <= _held() <= SEATS
    assert _held() == _scalar(func.sum(Rsvp.persons)) == _scalar(func.sum(Ticket.persons))
    stored = raised.count(None)
    for what in (Rsvp.id, Ticket.id, Need.id, OutboxMessage.id):
        assert _scalar(func.count(what)) == stored
    assert _acts_noted() == stored


def test_a_form_sent_several_times_at_once_is_stored_in_one_go_once(app: Flask) -> None:
    event = make_event(capacity=SEATS)
    seats.make_counter(event.id)
    invitation = make_household(event)
    act = _answering_at_once(invitation.id, True, True, False)
    db.session.commit()
    raised = _at_once(app, [act] * 4)
    db.session.rollback()
    assert sorted(type(error).__name__ for error in raised if error) == ["StandsOtherwiseError"] * 3
    assert _held() == _scalar(func.sum(Rsvp.persons)) == _scalar(func.sum(Ticket.persons)) == 2
    assert _scalar(func.count(OutboxMessage.id)) == _acts_noted() == 1


def test_who_changes_or_cancels_in_one_go_keeps_the_seats_right(app: Flask) -> None:
    event = make_event(capacity=SEATS)
    seats.make_counter(event.id)
    invitation = make_household(event)
    for coming, state in (
        ((True, True, True), "attending"),
        ((True, False, False), "attending"),
        ((False,) * 3, "cancelled"),
    ):
        assert _answering_at_once(invitation.id, *coming)()
        db.session.commit()
        assert _held() == _scalar(Rsvp.persons) == sum(coming)
        assert _scalar(Rsvp.state) == state
    assert _scalar(Ticket.state) == "revoked"
    assert _answering_at_once(invitation.id, True, True, True)()
    assert (_scalar(Ticket.state), _scalar(Ticket.version), _held()) == ("valid", 4, 3)


def test_an_invitation_taken_back_meanwhile_is_not_answered_in_one_go(app: Flask) -> None:
    event = make_event(capacity=SEATS)
    seats.make_counter(event.id)
    invitation = make_household(event)
    act = _answering_at_once(invitation.id, True, True, True)
    invitation.state = "revoked"
    db.session.commit()
    assert [type(error) for error in _at_once(app, [act])] == [StandsOtherwiseError]
    assert _scalar(func.count(Rsvp.id)) == 0


def test_control_without_the_condition_the_seats_are_oversold(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "_TAKE", seats._LET_GO)
    assert _rush(app) == [None] * PARTIES
    assert _held() > SEATS


def test_two_browsers_that_answer_the_same_invitation_first_make_one_answer(app: Flask) -> None:
    event = make_event(capacity=5)
    invitation = make_household(event)
    acts = [_answering(invitation.id, *coming) for coming in ((True, True, True), (True, False, False)) * 4]
    db.session.commit()
    assert _at_once(app, acts) == [None] * 8
    rsvp = db.session.scalars(select(Rsvp).execution_options(populate_existing=True)).one()
    ticket = db.session.scalars(select(Ticket).execution_options(populate_existing=True)).one()
    assert rsvp.persons == ticket.persons == _held()
    assert rsvp.persons in (1, 3)


def _changes(app: Flask) -> tuple[int, int]:
    """Have two browsers change one answer at once; return seats held and persons coming."""
    invitation = make_household(make_event(capacity=50))
    give_answer(invitation, answer_for(invitation, True, True, True))
    acts = [_answering(invitation.id, True, False, False), _answering(invitation.id, True, True, False)]
    db.session.commit()
    _at_once(app, acts)
    db.session.rollback()
    return _held(), _scalar(func.sum(Rsvp.persons))


def test_two_changes_of_one_answer_at_once_keep_the_seats_right(app: Flask) -> None:
    held, persons = _changes(app)
    assert held == persons


def _changes_that_have_read(app: Flask) -> list[BaseException | None]:
    """Have two browsers change one answer at once, both of which have read it before either writes."""
    invitation = make_household(make_event(capacity=50))
    give_answer(invitation, answer_for(invitation, True, True, True))
    seen = queries.household(invitation.id)
    db.session.commit()
    acts = [_answering(invitation.id, *coming, seen=seen) for coming in ((True, False, False), (True, True, False))]
    raised = _at_once(app, acts)
    db.session.rollback()
    return raised


def test_two_who_have_read_the_same_answer_keep_the_seats_right(app: Flask) -> None:
    assert _changes_that_have_read(app) == [None, None]
    assert _held() == _scalar(func.sum(Rsvp.persons)) == _scalar(func.sum(Ticket.persons))
    assert _scalar(func.max(Rsvp.revision)) == 3


def test_control_without_the_revision_the_seats_go_wrong(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_CHANGE", records._BY_ID.values(email_sealed=bindparam("new_email_sealed")))
    assert _changes_that_have_read(app) == [None, None]
    assert _held() != _scalar(func.sum(Rsvp.persons))


def test_an_erasure_between_reading_and_writing_brings_no_address_back(app: Flask) -> None:
    invitation = make_household(make_event(capacity=50))
    give_answer(invitation, answer_for(invitation, True, True, True, email="a@b.no"))
    seen = queries.household(invitation.id)
    db.session.execute(update(Rsvp).values(email_sealed=None))
    service.answer(invitation, everybody_declines(seen.guests), now=NOW, seen=seen)
    stood = queries.household(invitation.id).rsvp
    assert stood is not None
    assert (stood.state, stood.has_email) == ("cancelled", False)


def test_a_transaction_on_sqlite_begins_as_the_only_writer(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        with noted() as seen:
            db.session.execute(select(Event.id))
        assert "BEGIN IMMEDIATE" in seen


def _turned_down_at_once(app: Flask) -> int:
    """Have two households turn their offers down at once, with nobody behind them; return the seats still held."""
    event = make_event(capacity=2)
    seated = make_household(event, ("Ida", "Jonas"))
    give_answer(seated, answer_for(seated, True, True))
    parties = [make_household(event, ("Åse",)) for _ in range(2)]
    for party in parties:
        join_queue(party, answer_for(party, True))
    service.cancel(seated, NOW)
    db.session.commit()
    assert _held() == 2

    def leave(invitation_id: int) -> Callable[[], object]:
        return lambda: taking.leave_queue(db.session.get_one(Invitation, invitation_id), now=NOW)

    acts = [leave(party.id) for party in parties]
    db.session.commit()
    assert _at_once(app, acts) == [None, None]
    db.session.rollback()
    return _held()


def test_eventyay_1359_two_who_turn_offers_down_at_once_free_the_places_of_both(app: Flask) -> None:
    assert _turned_down_at_once(app) == 0


def test_control_without_the_lock_on_the_counter_one_of_the_two_is_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite there is one writer whatever we lock, so the lock is missed on PostgreSQL only."""
    together = threading.Barrier(2)

    def unlocked(event_id: int) -> SeatCount:
        found = db.session.scalars(select(SeatCount).where(SeatCount.event_id == event_id)).one()
        is_racing = threading.current_thread() is not threading.main_thread()
        if is_racing and db.engine.dialect.name == "postgresql":
            together.wait(10)
        return found

    monkeypatch.setattr(waitlist_queries, "locked_seats", unlocked)
    assert _turned_down_at_once(app) == (1 if db.engine.dialect.name == "postgresql" else 0)


def test_two_workers_that_tend_at_once_offer_each_place_once(app: Flask) -> None:
    event = make_event(capacity=2)
    seated = make_household(event, ("Ida", "Jonas"))
    give_answer(seated, answer_for(seated, True, True))
    for _party in range(4):
        party = make_household(event, ("Åse",))
        join_queue(party, answer_for(party, True))
    # A capacity that was raised behind the application's back: nobody has announced it.
    db.session.execute(update(Event).values(capacity=4))
    event_id = event.id
    db.session.commit()
    assert _at_once(app, [lambda: waitlist.tend(event_id, NOW)] * 2) == [None, None]
    db.session.rollback()
    assert (_held(), _scalar(func.sum(WaitPlace.offers))) == (4, 2)


def test_who_cancel_and_who_join_at_once_leave_no_place_empty_that_somebody_waits_for(app: Flask) -> None:
    event = make_event(capacity=6)
    seated = [make_household(event, ("Ida",)) for _ in range(6)]
    for invitation in seated:
        give_answer(invitation, answer_for(invitation, True))
    joining = [make_household(event, ("Åse", "Bjørn")).id for _ in range(5)]
    leaving = [invitation.id for invitation in seated]

    def join(invitation_id: int) -> Callable[[], object]:
        def act() -> object:
            invitation = db.session.get_one(Invitation, invitation_id)
            return taking.wait(invitation, answer_for(invitation, True, True), now=NOW)

        return act

    def leave(invitation_id: int) -> Callable[[], object]:
        return lambda: service.cancel(db.session.get_one(Invitation, invitation_id), NOW)

    db.session.commit()
    acts = [act for pair in zip(map(join, joining), map(leave, leaving), strict=False) for act in pair]
    assert _at_once(app, acts) == [None] * 10
    db.session.rollback()
    # Five of six places were given back: two parties of two got them, seated at once or by an offer, and the rest wait.
    assert _held() == 5
    states = db.session.scalars(select(WaitPlace.state).order_by(WaitPlace.number)).all()
    assert sorted(states)[-3:] == ["waiting"] * 3
    assert _scalar(func.max(SeatCount.waiting)) == 3
