import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.messages.models import Suppression
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.rsvp import queries, service
from outreach.rsvp.answer import NeedKind, NeedWish, RsvpState
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.standing import AnswersClosedError, EventFullError
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household

LAST_MOMENT = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)


def _held(event_id: int) -> int:
    return db.session.scalar(select(SeatCount.held).where(SeatCount.event_id == event_id)) or 0


def _ticket(invitation_id: int) -> tuple[str, int, int]:
    row = select(Ticket.state, Ticket.persons, Ticket.version).where(Ticket.invitation_id == invitation_id)
    return tuple(db.session.execute(row).one())  # type: ignore[return-value]


def _messages() -> list[tuple[str, str]]:
    rows = db.session.execute(select(OutboxMessage.kind, OutboxMessage.purpose).order_by(OutboxMessage.purpose))
    return [(row[0], row[1]) for row in rows]


def _rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_yes_stores_answers_needs_ticket_seats_mail_and_audit(app: Flask) -> None:
    invitation = make_household(make_event(capacity=10))
    needs = (NeedWish(NeedKind.ALLERGY, "nøtter"), NeedWish(NeedKind.WHEELCHAIR))
    outcome = give_answer(
        invitation, answer_for(invitation, True, False, True, extra_children=2, needs=needs, email="a@b.no")
    )
    assert (outcome.state, outcome.persons, outcome.revision) == (RsvpState.ATTENDING, 4, 1)
    rsvp = db.session.get_one(Rsvp, outcome.rsvp_id, populate_existing=True)
    household = queries.household(invitation.id)
    assert [guest.is_coming for guest in household.guests] == [True, False, True]
    assert household.rsvp is not None
    assert queries.stored_answer(household.rsvp, household.guests).needs == needs
    assert b"a@b.no" not in bytes(rsvp.email_sealed or b"")
    assert _held(invitation.event_id) == 4
    assert _ticket(invitation.id) == ("valid", 4, 1)
    assert _messages() == [("rsvp_confirmation", f"confirmation:{rsvp.id}:1")]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "rsvp")).one()
    assert json.loads(entry.details) == {"persons": 4, "revision": 1, "state": "attending"}


def test_without_an_address_no_mail_is_queued(app: Flask) -> None:
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, True, True, mobile="+4791234567"))
    assert _messages() == []


def test_a_form_sent_twice_makes_one_change_and_one_mail(app: Flask) -> None:
    invitation = make_household(make_event())
    answer = answer_for(
        invitation, True, True, False, needs=(NeedWish(NeedKind.DIET, "halal"),), email="a@b.no", mobile="+4791234567"
    )
    give_answer(invitation, answer)
    again = give_answer(invitation, answer)
    assert (again.is_changed, again.revision) == (False, 1)
    assert (_held(invitation.event_id), len(_messages())) == (2, 1)
    assert _ticket(invitation.id)[2] == 1


def test_a_change_replaces_parts_moves_seats_and_keeps_the_ticket_code(app: Flask) -> None:
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, True, True, needs=(NeedWish(NeedKind.DIET),), email="a@b.no"))
    selector = db.session.scalar(select(Ticket.selector))
    outcome = give_answer(invitation, answer_for(invitation, True, False, False, email="a@b.no"))
    assert outcome.revision == 2
    assert (_held(invitation.event_id), _rows(Need), _rows(PersonAnswer)) == (1, 0, 3)
    assert _ticket(invitation.id) == ("valid", 1, 2)
    assert db.session.scalar(select(Ticket.selector)) == selector
    assert [kind for kind, _ in _messages()] == ["rsvp_confirmation", "rsvp_confirmation"]


def test_a_decline_is_kept_without_seats_ticket_or_contact(app: Flask) -> None:
    invitation = make_household(make_event())
    outcome = service.decline(invitation, now=NOW)
    db.session.commit()
    assert (outcome.state, outcome.persons) == (RsvpState.DECLINED, 0)
    assert (_held(invitation.event_id), _rows(Ticket), _messages()) == (0, 0, [])


def test_cancelling_frees_seats_revokes_the_ticket_erases_needs_and_sends_a_receipt(app: Flask) -> None:
    invitation = make_household(make_event())
    give_answer(
        invitation,
        answer_for(
            invitation,
            True,
            True,
            True,
            needs=(NeedWish(NeedKind.ALLERGY, "egg"),),
            email="a@b.no",
            mobile="+4791234567",
        ),
    )
    outcome = service.cancel(invitation, NOW)
    db.session.commit()
    rsvp = db.session.get_one(Rsvp, outcome.rsvp_id, populate_existing=True)
    assert (rsvp.state, rsvp.persons, rsvp.mobile, _rows(Need)) == ("cancelled", 0, None, 0)
    assert _held(invitation.event_id) == 0
    assert _ticket(invitation.id)[0] == "revoked"
    assert _messages()[-1][0] == "rsvp_cancellation"
    assert service.cancel(invitation, NOW).is_changed is False


def test_who_cancelled_can_say_yes_again_with_the_same_ticket(app: Flask) -> None:
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, True, True))
    service.cancel(invitation, NOW)
    give_answer(invitation, answer_for(invitation, False, True, True))
    assert _ticket(invitation.id) == ("valid", 2, 3)
    assert _held(invitation.event_id) == 2


@pytest.mark.parametrize(("now", "is_open"), [(LAST_MOMENT, True), (LAST_MOMENT + timedelta(minutes=1), False)])
def test_the_deadline_is_the_end_of_its_day_in_oslo(app: Flask, now: datetime, is_open: bool) -> None:
    invitation = make_household(make_event())
    answer = answer_for(invitation, True, True, True)
    if is_open:
        assert service.answer(invitation, answer, now=now).persons == 3
    else:
        with pytest.raises(AnswersClosedError):
            service.answer(invitation, answer, now=now)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_an_event_that_is_not_on_takes_no_answers(app: Flask, state: str) -> None:
    event = make_event()
    invitation = make_household(event)
    event.state = state
    db.session.commit()
    with pytest.raises(AnswersClosedError):
        service.decline(invitation, now=NOW)


def test_an_event_called_off_in_the_same_moment_takes_no_seats(app: Flask) -> None:
    event = make_event()
    invitation = make_household(event)
    answer = answer_for(invitation, True, True, True)
    db.session.execute(db.update(type(event)).values(state="cancelled").execution_options(synchronize_session=False))
    assert invitation.event.state == "published"
    with pytest.raises(AnswersClosedError):
        service.answer(invitation, answer, now=NOW)


def test_a_party_that_does_not_fit_takes_nothing_and_hears_how_many_are_left(app: Flask) -> None:
    event = make_event(capacity=4)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, True))
    with pytest.raises(EventFullError) as full:
        service.answer(second, answer_for(second, True, True, True, email="a@b.no"), now=NOW)
    db.session.rollback()
    assert full.value.left == 1
    assert (_held(event.id), _rows(Rsvp), _rows(Ticket), _messages()) == (3, 1, 1, [])
    give_answer(second, answer_for(second, True, False, False))
    assert _held(event.id) == 4


def test_a_capacity_lowered_below_what_is_held_throws_nobody_out_and_lets_parties_shrink(app: Flask) -> None:
    event = make_event(capacity=5)
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, True))
    event.capacity = 1
    db.session.commit()
    give_answer(invitation, answer_for(invitation, True, True, False))
    assert _held(event.id) == 2
    with pytest.raises(EventFullError) as full:
        service.answer(invitation, answer_for(invitation, True, True, True), now=NOW)
    assert full.value.left == 0


def test_do_not_write_suppresses_each_person_once(app: Flask) -> None:
    invitation = make_household(make_event())
    assert service.stop_writing(invitation, now=NOW) == 3
    service.stop_writing(invitation, now=NOW)
    db.session.commit()
    hashes = set(db.session.scalars(select(Suppression.subject_hash).order_by(Suppression.id)))
    assert hashes == set(db.session.scalars(select(Person.identity_hash).order_by(Person.id)))
    assert _rows(Suppression) == 3


def test_only_those_who_come_and_left_an_address_are_told_of_a_change(app: Flask) -> None:
    event = make_event()
    told, silent, declined = (make_household(event) for _ in range(3))
    outcome = give_answer(told, answer_for(told, True, True, True, email="a@b.no"))
    give_answer(silent, answer_for(silent, True, True, True))
    service.decline(declined, now=NOW)
    assert service.tell_guests(event.id, kind="event_changed", now=NOW) == 1
    assert service.tell_guests(event.id, kind="event_changed", now=NOW) == 0
    row = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "event_changed")).one()
    assert row.recipient == f"rsvp:{outcome.rsvp_id}"
